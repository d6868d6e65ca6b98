// SPDX-License-Identifier: GPL-2.0-only
#include "loader_variables.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "constants.h"
#include "load_report.h"

#define CONSTANTS ".rodata"

static void value_put(const struct btf *btf, const struct btf_type *section,
		      const struct load_value *value, char *bytes, size_t size)
{
	const struct btf_var_secinfo *info = btf_var_secinfos(section);

	for (int i = 0; i < btf_vlen(section); i++, info++) {
		const struct btf_type *variable = btf__type_by_id(btf, info->type);

		if (info->size == value->size && info->offset <= size &&
		    value->size <= size - info->offset &&
		    !strcmp(btf__name_by_offset(btf, variable->name_off), value->name))
			memcpy(bytes + info->offset, value->bytes, value->size);
	}
}

static void section_fill(const struct btf *btf, __u32 id, bool constant, char *bytes, size_t size)
{
	const struct btf_type *section = btf__type_by_id(btf, id);
	struct load_value value;

	if (constant) {
		struct btf *kernel = constants_ask_kernel(btf, id) ? btf__load_vmlinux_btf() : NULL;

		constants_fill(btf, id, kernel, bytes);
		btf__free(kernel);
	}
	lseek(LOAD_VALUES, 0, SEEK_SET);
	while (read(LOAD_VALUES, &value, sizeof(value)) == sizeof(value))
		value_put(btf, section, &value, bytes, size);
}

static int section_set(struct bpf_object *object, const char *name)
{
	const struct btf *btf = bpf_object__btf(object);
	int section = btf__find_by_name_kind(btf, name, BTF_KIND_DATASEC), error;
	struct bpf_map *map = bpf_object__find_map_by_name(object, name);
	const void *initial;
	size_t size = 0;
	char *bytes;

	initial = map && section > 0 ? bpf_map__initial_value(map, &size) : NULL;
	if (!initial || !size)
		return 0;
	bytes = malloc(size);
	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, initial, size);
	section_fill(btf, (__u32)section, !strcmp(name, CONSTANTS), bytes, size);
	error = bpf_map__set_initial_value(map, bytes, size);
	free(bytes);
	return error;
}

int variables_set(struct bpf_object *object)
{
	static const char *const sections[] = {CONSTANTS, ".data", ".bss"};
	int error = 0;

	if (!bpf_object__btf(object))
		return 0; /* nobody knows where they are */
	for (size_t i = 0; !error && i < sizeof(sections) / sizeof(sections[0]); i++)
		error = section_set(object, sections[i]);
	return error;
}
