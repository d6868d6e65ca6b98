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

#define KEY_ROOM 8
#define NEXT	 1 /* how the program ends: done with this element */

enum {
	SEQ = R6,
	KEY,
	VALUE
};

static void emit_start(struct assembly *program)
{
	emit_jump(program, NEXT + 2);
	emit_return(program, 0);
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

/* An index. To the stack, padded. */
static void emit_copy_key(struct assembly *program)
{
	emit_set(program, R0, 0);
	emit_store(program, BPF_DW, -KEY_ROOM, R0);
	emit_load(program, BPF_W, R0, KEY, 0);
	emit_store(program, BPF_W, -KEY_ROOM, R0);
}

static void element_program(struct assembly *program, __u32 value_bytes)
{
	emit_start(program);
	emit_copy_key(program);
	emit_address(program, R2, -KEY_ROOM);
	emit_write(program, KEY_ROOM);
	emit_move(program, R2, VALUE);
	emit_write(program, (int)value_bytes);
	emit_jump(program, NEXT);
}

int element_program_load(const struct bpf_map_info *info, __u32 value_bytes)
{
	struct assembly program = {};
	int loaded;

	element_program(&program, value_bytes);
	loaded = element_target_load(ELEMENT_TARGET_MAP, &program);
	if (loaded < 0 && loaded != -EPERM)
		return explain(loaded, NULL, "the program for map %u didn't load: %s", info->id,
			       strerror(-loaded));
	return loaded;
}
