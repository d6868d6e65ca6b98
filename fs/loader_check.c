// SPDX-License-Identifier: GPL-2.0-only
#include "loader_check.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "load_report.h"

#define MAPS_MOST (64UL << 20) /* bytes of all maps' elements */
#define HASHED	  64 /* bytes, about, that the kernel adds to an element that is hashed */

#define ENTRY	   "_dissect"
#define JUMP_TABLE "jmp_table"

#define NAME_SIZE	sizeof(((struct load_iterator *)NULL)->name)
#define NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_."

#define SECTIONS "SEC(\"iter/task\") or SEC(\"flow_dissector\") says what it is"

/* Those of the helpers that do more than to look. */
static const struct {
	int32_t helper;
	const char *name;
} refused[] = {
	{BPF_FUNC_probe_write_user, "bpf_probe_write_user"},
	{BPF_FUNC_send_signal, "bpf_send_signal"},
	{BPF_FUNC_send_signal_thread, "bpf_send_signal_thread"},
	{BPF_FUNC_setsockopt, "bpf_setsockopt"},
	{BPF_FUNC_override_return, "bpf_override_return"},
	{BPF_FUNC_sys_bpf, "bpf_sys_bpf"},
};

static const char *refused_name(const struct bpf_insn *instruction)
{
	if (instruction->code != (BPF_JMP | BPF_CALL) || instruction->src_reg)
		return NULL;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (refused[i].helper == instruction->imm)
			return refused[i].name;
	return NULL;
}

static int call_refused(const struct bpf_program *program, const char *name)
{
	return explain(-EACCES, "programs loaded here may only look", "program %s calls %s",
		       bpf_program__name(program), name);
}

/* Once a program is loaded its functions are part of it. */
static int check_helpers(const struct bpf_program *program)
{
	const struct bpf_insn *instructions = bpf_program__insns(program);
	size_t count = bpf_program__insn_cnt(program);

	for (size_t i = 0; i < count; i++) {
		const char *name = refused_name(&instructions[i]);

		if (name)
			return call_refused(program, name);
	}
	return 0;
}

/* The kernel's functions are called by their names, which the object's BTF declares. */
static int check_functions(const struct bpf_object *object, const struct bpf_program *program)
{
	static const char *const names[] = {"bpf_sock_destroy", "bpf_send_signal_task"};
	const struct btf *btf = bpf_object__btf(object); /* NULL: then it calls none */

	for (size_t i = 0; btf && i < sizeof(names) / sizeof(names[0]); i++)
		if (btf__find_by_name_kind(btf, names[i], BTF_KIND_FUNC) > 0)
			return call_refused(program, names[i]);
	return 0;
}

int check_calls(struct bpf_object *object)
{
	struct bpf_program *program;
	int error = 0;

	bpf_object__for_each_program(program, object)
	{
		if (!error && bpf_program__autoload(program))
			error = check_helpers(program);
	}
	return error;
}

bool program_is_iterator(const struct bpf_program *program)
{
	return bpf_program__type(program) == BPF_PROG_TYPE_TRACING &&
	       bpf_program__expected_attach_type(program) == BPF_TRACE_ITER;
}

static int check_program(const struct bpf_program *program)
{
	enum bpf_prog_type type = bpf_program__type(program);
	const char *name = bpf_program__name(program);

	if (type == BPF_PROG_TYPE_UNSPEC)
		return explain(-EPROTOTYPE, SECTIONS,
			       "program %s is in section %s, of which libbpf "
			       "knows no type",
			       name, bpf_program__section_name(program));
	if (type != BPF_PROG_TYPE_FLOW_DISSECTOR && !program_is_iterator(program))
		return explain(-EPROTOTYPE, "only iterators and flow dissectors can be loaded",
			       "program %s is of type %s", name, libbpf_bpf_prog_type_str(type));
	if (strlen(name) >= NAME_SIZE || name[strspn(name, NAME_CHARACTERS)])
		return explain(-EPROTOTYPE, "", "a program can't be called %.100s", name);
	return 0;
}

static uint64_t map_bytes(const struct bpf_map *map)
{
	uint64_t element = (uint64_t)bpf_map__key_size(map) + bpf_map__value_size(map);
	enum bpf_map_type type = bpf_map__type(map);
	bool per_cpu = type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
		       type == BPF_MAP_TYPE_LRU_PERCPU_HASH;

	if (type == BPF_MAP_TYPE_RINGBUF)
		element = 1;
	else if (type != BPF_MAP_TYPE_ARRAY && type != BPF_MAP_TYPE_PERCPU_ARRAY)
		element += HASHED;
	return element * bpf_map__max_entries(map) *
	       (per_cpu ? (uint64_t)libbpf_num_possible_cpus() : 1);
}

static int check_maps(struct bpf_object *object)
{
	uint64_t bytes = 0;
	struct bpf_map *map;
	unsigned int count = 0;

	bpf_object__for_each_map(map, object)
	{
		bpf_map__set_pin_path(map, NULL);
		bytes += map_bytes(map);
		count++;
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS)
			return explain(-EACCES, "programs loaded here may only look",
				       "map %s is of type struct_ops", bpf_map__name(map));
	}
	if (count > LOAD_MAPS)
		return explain(-EACCES, "", "the object has %u maps; it may have %d", count,
			       LOAD_MAPS);
	if (bytes > MAPS_MOST)
		return explain(-EACCES, "make max_entries of its maps smaller",
			       "the object's maps take %llu MiB; they may take %lu",
			       (unsigned long long)bytes >> 20, MAPS_MOST >> 20);
	return 0;
}

int check_object(struct bpf_object *object)
{
	struct bpf_program *program;
	unsigned int count = 0;
	int error;

	bpf_object__for_each_program(program, object)
	{
		if (!bpf_program__autoload(program))
			continue;
		error = check_program(program);
		if (!error)
			error = check_functions(object, program);
		if (error)
			return error;
		count++;
	}
	if (!count)
		return explain(-EPROTOTYPE, "SEC(\"iter/task\") makes a function a program",
			       "the object has no program");
	return check_maps(object);
}

int check_entry(struct bpf_object *object, struct bpf_program **out)
{
	struct bpf_program *program;
	unsigned int count = 0;

	*out = NULL;
	bpf_object__for_each_program(program, object)
	{
		if (!bpf_program__autoload(program) || program_is_iterator(program))
			continue;
		*out = program;
		if (!strcmp(bpf_program__name(program), ENTRY))
			return 0;
		count++;
	}
	return count <= 1 ? 0
			  : explain(-EPROTOTYPE, "call the one to enter at " ENTRY,
				    "the object has %u flow dissectors, and none is called " ENTRY,
				    count);
}

int jump_table_fill(struct bpf_object *object)
{
	struct bpf_map *table = bpf_object__find_map_by_name(object, JUMP_TABLE);
	char name[32];

	if (!table || bpf_map__type(table) != BPF_MAP_TYPE_PROG_ARRAY)
		return 0;
	for (uint32_t i = 0; i < bpf_map__max_entries(table); i++) {
		struct bpf_program *program;
		int descriptor;

		snprintf(name, sizeof(name), "flow_dissector_%u", i);
		program = bpf_object__find_program_by_name(object, name);
		descriptor = program ? bpf_program__fd(program) : -1;
		if (descriptor >= 0 &&
		    bpf_map_update_elem(bpf_map__fd(table), &i, &descriptor, BPF_ANY))
			return explain(-errno, "", "putting %s into " JUMP_TABLE ": %s", name,
				       strerror(errno));
	}
	return 0;
}
