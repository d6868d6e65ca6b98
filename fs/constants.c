// SPDX-License-Identifier: GPL-2.0-only
#include "constants.h"

#include <bpf/btf.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define KERNEL_HAS "kernel_has_"

/* The time from one tick of the kernel's timers to the next: its coarse clocks stand in between. */
static __u64 tick_length(void)
{
	struct timespec tick = {};

	clock_getres(CLOCK_MONOTONIC_COARSE, &tick);
	return (__u64)tick.tv_nsec;
}

static const char *name_of(const struct btf *btf, const struct btf_var_secinfo *variable)
{
	return btf__name_by_offset(btf, btf__type_by_id(btf, variable->type)->name_off);
}

bool constants_ask_kernel(const struct btf *btf, __u32 section)
{
	const struct btf_type *type = btf__type_by_id(btf, section);
	const struct btf_var_secinfo *variable = btf_var_secinfos(type);

	for (int i = 0; i < btf_vlen(type); i++)
		if (!strncmp(name_of(btf, &variable[i]), KERNEL_HAS, strlen(KERNEL_HAS)))
			return true;
	return false;
}

void constants_fill(const struct btf *btf, __u32 section, const struct btf *kernel, char *values)
{
	const struct btf_type *type = btf__type_by_id(btf, section);
	const struct btf_var_secinfo *variable = btf_var_secinfos(type);
	const __u64 page_size = (__u64)sysconf(_SC_PAGESIZE), tick_ns = tick_length();

	for (int i = 0; i < btf_vlen(type); i++, variable++) {
		const char *name = name_of(btf, variable);

		if (!strncmp(name, KERNEL_HAS, strlen(KERNEL_HAS)))
			values[variable->offset] =
				kernel && btf__find_by_name_kind(kernel, name + strlen(KERNEL_HAS),
								 BTF_KIND_FUNC) > 0;
		else if (!strcmp(name, "page_size") && variable->size == sizeof(page_size))
			memcpy(values + variable->offset, &page_size, sizeof(page_size));
		else if (!strcmp(name, "tick_ns") && variable->size == sizeof(tick_ns))
			memcpy(values + variable->offset, &tick_ns, sizeof(tick_ns));
	}
}
