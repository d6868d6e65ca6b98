// SPDX-License-Identifier: GPL-2.0-only
/* The kernel has no iterator over these maps: a program looks each task's value up. */
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assembly.h"
#include "element_map.h"
#include "element_schema.h"
#include "element_target.h"
#include "explain.h"
#include "iterator.h"
#include "kernel.h"
#include "kind.h"
#include "numbers.h"
#include "schema.h"

/* In struct bpf_iter__task and struct bpf_iter_meta, fixed by the kernel's interface. */
#define CONTEXT_META 0
#define CONTEXT_TASK 8
#define META_SEQ     0

#define NEXT 1 /* where the program returns 0 */

enum {
	SEQ = R6,
	TASK,
	VALUE
};

struct storage_row { /* as numbers.h completes it */
	__u32 pid, tid, global_pid, global_tid;
};

#define NUMBER(member)                                                                             \
	{                                                                                          \
		.name = #member, .kind = &kind_unsigned,                                           \
		.offset = offsetof(struct storage_row, member), .size = sizeof(__u32),             \
		.optional = true                                                                   \
	}

static const struct column columns[] = {
	NUMBER(pid),
	NUMBER(tid),
	NUMBER(global_pid),
	NUMBER(global_tid),
};

static void emit_write(struct assembly *program, __u32 bytes)
{
	emit_move(program, R1, SEQ);
	emit_set(program, R3, (int)bytes);
	emit_call(program, BPF_FUNC_seq_write);
}

/* With no value to begin with and no flags, so that none is made. */
static void emit_get(struct assembly *program, int map)
{
	emit_map(program, R1, map);
	emit_move(program, R2, TASK);
	emit_set(program, R3, 0);
	emit_set(program, BPF_REG_4, 0);
	emit_call(program, BPF_FUNC_task_storage_get);
	emit_jump_if_zero(program, R0, NEXT);
	emit_move(program, VALUE, R0);
}

static void storage_program(struct assembly *program, const struct element_map *map, int pid,
			    int tgid)
{
	emit_jump(program, NEXT + 2);
	emit_return(program, 0);
	emit_load(program, BPF_DW, TASK, R1, CONTEXT_TASK);
	emit_jump_if_zero(program, TASK, NEXT);
	emit_load(program, BPF_DW, R1, R1, CONTEXT_META);
	emit_load(program, BPF_DW, SEQ, R1, META_SEQ);
	emit_get(program, map->descriptor);
	emit_load(program, BPF_W, R1, TASK, tgid);
	emit_store(program, BPF_W, -16, R1);
	emit_load(program, BPF_W, R1, TASK, pid);
	emit_store(program, BPF_W, -12, R1);
	emit_set(program, R1, 0);
	emit_store(program, BPF_DW, -8, R1);
	emit_address(program, R2, -(int)sizeof(struct storage_row));
	emit_write(program, sizeof(struct storage_row));
	emit_move(program, R2, VALUE);
	emit_write(program, map->value_bytes);
	emit_jump(program, NEXT);
}

static int storage_iterator(const struct element_map *map)
{
	struct assembly assembly = {};
	int pid, tgid, program, link, iterator;

	program = element_target_task(&pid, &tgid);
	if (!program) {
		storage_program(&assembly, map, pid, tgid);
		program = element_target_load(ELEMENT_TARGET_TASK, &assembly);
	}
	if (program < 0)
		return explain(program, NULL, "the program for map %u didn't load: %s",
			       map->info.id, strerror(-program));
	link = bpf_link_create(program, 0, BPF_TRACE_ITER, NULL);
	close(program);
	if (link < 0)
		return explain(link, NULL, "the kernel won't iterate the tasks: %s",
			       strerror(-link));
	iterator = kernel_process_iterator(link, map->pids, 0);
	close(link);
	return iterator;
}

int element_task_storage_open(const struct element_map *map, struct source **out)
{
	struct schema *schema = NULL;
	int iterator, error;

	error = element_schema_value(map, columns, sizeof(columns) / sizeof(columns[0]),
				     sizeof(struct storage_row), &schema);
	if (error)
		return error;
	iterator = storage_iterator(map);
	if (iterator < 0) {
		schema_free(schema);
		return iterator;
	}
	error = iterator_source_create(iterator, schema, schema, out);
	if (!error && map->pids >= 0)
		error = numbers_join(map->pids, out);
	return error;
}
