// SPDX-License-Identifier: GPL-2.0-only
#include "element_program.h"

#include <errno.h>
#include <string.h>

#include "assembly.h"
#include "element_target.h"
#include "explain.h"

/* In struct bpf_iter__bpf_map_elem and struct bpf_iter_meta, fixed by the kernel's interface. */
#define CONTEXT_META  0
#define CONTEXT_KEY   16
#define CONTEXT_VALUE 24
#define META_SEQ      0

/* How the program ends: done with this element; be called for it again, nothing written. */
#define NEXT  1
#define AGAIN 3

enum {
	SEQ = R6,
	KEY,
	VALUE
};

static void emit_start(struct assembly *program)
{
	emit_jump(program, AGAIN + 2);
	emit_return(program, 0);
	emit_return(program, 1);
	emit_load(program, BPF_DW, KEY, R1, CONTEXT_KEY);
	emit_load(program, BPF_DW, VALUE, R1, CONTEXT_VALUE);
	emit_jump_if_zero(program, KEY, NEXT);
	emit_jump_if_zero(program, VALUE, NEXT);
	emit_load(program, BPF_DW, R1, R1, CONTEXT_META);
	emit_load(program, BPF_DW, SEQ, R1, META_SEQ);
}

static void emit_write(struct assembly *program, int bytes)
{
	emit_move(program, R1, SEQ);
	emit_set(program, R3, bytes);
	emit_call(program, BPF_FUNC_seq_write);
}

/* To the stack, where lookups want it, and padded. */
static void emit_copy_key(struct assembly *program, int key_size, int key_room)
{
	size_t taken;

	if (key_room > key_size) {
		emit_set(program, R0, 0);
		emit_store(program, BPF_DW, -8, R0);
	}
	for (int at = 0; at < key_size; at += (int)taken) {
		int size = access_size((size_t)(key_size - at), &taken);

		emit_load(program, size, R0, KEY, at);
		emit_store(program, size, at - key_room, R0);
	}
}

/*
 * The kernel walks a hash map without its locks, and uses a deleted element for the next key at
 * once: a key may be seen with the value of another. So the key must lead to this very element
 * before the value is read, and must still be there afterwards: a key is written before its value.
 */
static void emit_check_element(struct assembly *program, int key_room, int map)
{
	emit_map(program, R1, map);
	emit_address(program, R2, -key_room);
	emit_call(program, BPF_FUNC_map_lookup_elem);
	emit_jump_if_zero(program, R0, NEXT);
	emit_jump_if_unequal(program, R0, VALUE, AGAIN);
}

static void emit_check_key(struct assembly *program, int key_size, int key_room)
{
	size_t taken;

	for (int at = 0; at < key_size; at += (int)taken) {
		int size = access_size((size_t)(key_size - at), &taken);

		emit_load(program, size, R1, KEY, at);
		emit_load(program, size, R2, FRAME, at - key_room);
		emit_jump_if_unequal(program, R1, R2, AGAIN);
	}
}

/* With a map, which is looked up in; or -1. */
static void element_program(struct assembly *program, int map, const struct bpf_map_info *info,
			    __u32 value_bytes)
{
	int key_size = (int)info->key_size, key_room = (key_size + 7) & ~7;

	emit_start(program);
	emit_copy_key(program, key_size, key_room);
	if (map >= 0)
		emit_check_element(program, key_room, map);
	emit_address(program, R2, -key_room);
	emit_write(program, key_room);
	emit_move(program, R2, VALUE);
	emit_write(program, (int)value_bytes);
	emit_check_key(program, key_size, key_room);
	emit_jump(program, NEXT);
}

static int program_load(int map, const struct bpf_map_info *info, __u32 value_bytes)
{
	struct assembly program = {};

	element_program(&program, map, info, value_bytes);
	return element_target_load(ELEMENT_TARGET_MAP, &program);
}

int element_program_load(int map, const struct bpf_map_info *info, __u32 value_bytes)
{
	int program = -EACCES;

	/*
	 * A lookup would mark the element of an LRU map as used, and gives one CPU's value of a
	 * per-CPU map. A map that belongs to one program can't be looked up by another.
	 */
	if (info->type == BPF_MAP_TYPE_HASH)
		program = program_load(map, info, value_bytes);
	if (program < 0)
		program = program_load(-1, info, value_bytes);
	if (program < 0)
		return explain(program, NULL, "the program for map %u didn't load: %s", info->id,
			       strerror(-program));
	return program;
}
