// SPDX-License-Identifier: GPL-2.0-only
#include "element_target.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "assembly.h"

static const char *const names[] = {
	[ELEMENT_TARGET_MAP] = "bpf_iter_bpf_map_elem",
	[ELEMENT_TARGET_SOCKMAP] = "bpf_iter_sockmap",
	[ELEMENT_TARGET_SOCKET_STORAGE] = "bpf_iter_bpf_sk_storage_map",
	[ELEMENT_TARGET_TASK] = "bpf_iter_task",
};

#define TARGETS (sizeof(names) / sizeof(names[0]))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Read from the kernel's types once, all together, since it takes milliseconds. */
static struct {
	bool known;
	int ids[TARGETS]; /* 0 or less: the kernel has none */
	int pid, tgid; /* bytes; -1: not found */
} types = {.pid = -1, .tgid = -1};

static void find_task(const struct btf *btf)
{
	int id = btf__find_by_name_kind(btf, "task_struct", BTF_KIND_STRUCT);
	const struct btf_type *type = id > 0 ? btf__type_by_id(btf, (__u32)id) : NULL;

	for (__u32 i = 0; type && i < btf_vlen(type); i++) {
		const char *name = btf__name_by_offset(btf, btf_members(type)[i].name_off);
		int offset = (int)btf_member_bit_offset(type, i) / 8;

		if (!strcmp(name, "pid"))
			types.pid = offset;
		if (!strcmp(name, "tgid"))
			types.tgid = offset;
	}
}

static void find_types(void)
{
	struct btf *btf = btf__load_vmlinux_btf();

	if (!btf)
		return;
	for (size_t i = 0; i < TARGETS; i++)
		types.ids[i] = btf__find_by_name_kind(btf, names[i], BTF_KIND_FUNC);
	find_task(btf);
	btf__free(btf);
	malloc_trim(0);
	types.known = true;
}

static int target_id(enum element_target target)
{
	pthread_mutex_lock(&lock);
	if (!types.known)
		find_types();
	pthread_mutex_unlock(&lock);
	return types.known ? types.ids[target] : -ENOENT;
}

int element_target_load(enum element_target target, const struct assembly *program)
{
	struct bpf_prog_load_opts options = {.sz = sizeof(options),
					     .expected_attach_type = BPF_TRACE_ITER};
	int id = target_id(target);

	if (id <= 0)
		return id ? id : -ENOENT;
	options.attach_btf_id = (__u32)id;
	return bpf_prog_load(BPF_PROG_TYPE_TRACING, "bpfview_element", "GPL", program->instructions,
			     program->count, &options);
}

int element_target_task(int *pid, int *tgid)
{
	if (target_id(ELEMENT_TARGET_TASK) <= 0 || types.pid < 0 || types.tgid < 0)
		return -EOPNOTSUPP;
	*pid = types.pid;
	*tgid = types.tgid;
	return 0;
}
