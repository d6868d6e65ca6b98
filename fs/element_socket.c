// SPDX-License-Identifier: GPL-2.0-only
/* Socket maps and what programs keep with sockets: a socket is shown by its cookie. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assembly.h"
#include "element_map.h"
#include "element_once.h"
#include "element_schema.h"
#include "element_target.h"
#include "explain.h"
#include "iterator.h"
#include "kernel.h"
#include "kind.h"
#include "schema.h"

/* In the contexts of these iterators, fixed by the kernel's interface. */
#define CONTEXT_META   0
#define META_SEQ       0
#define SOCKMAP_KEY    16
#define SOCKMAP_SOCKET 24
#define STORAGE_SOCKET 16
#define STORAGE_VALUE  24

#define NEXT 1 /* where the program returns 0 */

enum {
	SEQ = R6,
	DATA, /* the key or the value */
	SOCKET
};

static void emit_start(struct assembly *program, int data, int socket)
{
	emit_jump(program, NEXT + 2);
	emit_return(program, 0);
	emit_load(program, BPF_DW, DATA, R1, data);
	emit_load(program, BPF_DW, SOCKET, R1, socket);
	emit_jump_if_zero(program, DATA, NEXT);
	emit_jump_if_zero(program, SOCKET, NEXT);
	emit_load(program, BPF_DW, R1, R1, CONTEXT_META);
	emit_load(program, BPF_DW, SEQ, R1, META_SEQ);
}

static void emit_write(struct assembly *program, __u32 bytes)
{
	emit_move(program, R1, SEQ);
	emit_set(program, R3, (int)bytes);
	emit_call(program, BPF_FUNC_seq_write);
}

static void emit_write_data(struct assembly *program, __u32 bytes)
{
	emit_move(program, R2, DATA);
	emit_write(program, bytes);
}

/* After padding bytes that are zero. */
static void emit_write_cookie(struct assembly *program, __u32 padding)
{
	emit_move(program, R1, SOCKET);
	emit_call(program, BPF_FUNC_get_socket_cookie);
	emit_store(program, BPF_DW, -8, R0);
	emit_set(program, R0, 0);
	emit_store(program, BPF_DW, -16, R0);
	emit_address(program, R2, -8 - (int)padding);
	emit_write(program, padding + sizeof(__u64));
}

/* Takes over schema. */
static int open_program(enum element_target target, const struct assembly *assembly,
			const struct element_map *map, struct schema *schema, struct source **out)
{
	int program = element_target_load(target, assembly), iterator;

	if (program < 0) {
		schema_free(schema);
		return explain(
			program,
			program == -EPERM ? "the kernel refuses programs over sockets' maps" : NULL,
			"the program for map %u didn't load: %s", map->info.id, strerror(-program));
	}
	iterator = kernel_map_iterator(program, map->descriptor);
	close(program);
	if (iterator < 0) {
		schema_free(schema);
		return iterator;
	}
	return iterator_source_create(iterator, schema, schema, out);
}

int element_socket_open(const struct element_map *map, struct source **out)
{
	__u32 key_size = map->info.key_size, room = (__u32)element_key_room(map);
	const struct column columns[] = {
		{.name = "key",
		 .kind = map->info.type == BPF_MAP_TYPE_SOCKMAP ? &kind_unsigned : &kind_bytes,
		 .size = key_size},
		{.name = "cookie", .kind = &kind_unsigned, .offset = room, .size = sizeof(__u64)},
	};
	struct schema *schema = element_schema_fixed(columns, 2, room + sizeof(__u64));
	struct assembly program = {};
	int error;

	if (!schema)
		return -ENOMEM;
	emit_start(&program, SOCKMAP_KEY, SOCKMAP_SOCKET);
	emit_write_data(&program, key_size);
	emit_write_cookie(&program, room - key_size);
	emit_jump(&program, NEXT);
	error = open_program(ELEMENT_TARGET_SOCKMAP, &program, map, schema, out);
	if (error || map->info.type == BPF_MAP_TYPE_SOCKMAP)
		return error;
	return element_once_source(key_size, room + sizeof(__u64), out);
}

int element_socket_storage_open(const struct element_map *map, struct source **out)
{
	const struct column cookie = {
		.name = "cookie", .kind = &kind_unsigned, .size = sizeof(__u64)};
	struct assembly program = {};
	struct schema *schema = NULL;
	int error = element_schema_value(map, &cookie, 1, sizeof(__u64), &schema);

	if (error)
		return error;
	emit_start(&program, STORAGE_VALUE, STORAGE_SOCKET);
	emit_write_cookie(&program, 0);
	emit_write_data(&program, map->value_bytes);
	emit_jump(&program, NEXT);
	return open_program(ELEMENT_TARGET_SOCKET_STORAGE, &program, map, schema, out);
}
