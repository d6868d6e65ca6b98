// SPDX-License-Identifier: GPL-2.0-only
/* The variables of an object, which are in its maps by sections. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "explain.h"
#include "iters_inside.h"

#define CONSTANTS ".rodata"

static bool is_section(const char *name)
{
	static const char *const sections[] = {CONSTANTS, ".data", ".bss"};

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (!strcmp(name, sections[i]))
			return true;
	return false;
}

/* Strings of the program are constants as well, but not volatile ones. Of arrays the elements are.
 */
static bool is_volatile(const struct btf *btf, __u32 type)
{
	const struct btf_type *at = btf__type_by_id(btf, type);

	while (at && (btf_is_const(at) || btf_is_array(at)))
		at = btf__type_by_id(btf, btf_is_array(at) ? btf_array(at)->type : at->type);
	return at && btf_is_volatile(at);
}

static bool is_parameter(const struct btf *btf, const struct btf_type *variable, bool constant)
{
	return btf_var(variable)->linkage == BTF_VAR_GLOBAL_ALLOCATED &&
	       (!constant || is_volatile(btf, variable->type));
}

static int section_add(struct iters *iters, const struct btf_type *section, const char *name,
		       int map)
{
	const struct btf_var_secinfo *info = btf_var_secinfos(section);
	bool constant = !strcmp(name, CONSTANTS);
	size_t most = iters->variable_count + btf_vlen(section);
	struct iter_variable *grown = reallocarray(iters->variables, most, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	iters->variables = grown;
	for (int i = 0; i < btf_vlen(section); i++, info++) {
		const struct btf_type *type = btf__type_by_id(iters->btf, info->type);
		struct iter_variable *variable = &grown[iters->variable_count];

		if (!type || !btf_is_var(type) || !is_parameter(iters->btf, type, constant))
			continue;
		iters->variable_count++;
		*variable = (struct iter_variable){
			.name = btf__name_by_offset(iters->btf, type->name_off),
			.constant = constant,
			.offset = info->offset,
			.size = info->size,
			.type = type->type,
			.map = map,
		};
	}
	return 0;
}

static int map_add(struct iters *iters, int map)
{
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);
	const struct btf_type *section;
	const char *name;

	if (bpf_obj_get_info_by_fd(map, &info, &size) || !info.btf_value_type_id)
		return 0;
	section = btf__type_by_id(iters->btf, info.btf_value_type_id);
	if (!section || !btf_is_datasec(section))
		return 0;
	name = btf__name_by_offset(iters->btf, section->name_off);
	return is_section(name) ? section_add(iters, section, name, map) : 0;
}

int iters_variables_find(struct iters *iters)
{
	int error = 0;

	for (size_t i = 0; !error && i < iters->map_count; i++)
		error = map_add(iters, iters->maps[i]);
	return error;
}

const struct iter_variable *iters_variable_at(const struct iters *iters, size_t index)
{
	return index < iters->variable_count ? &iters->variables[index] : NULL;
}

const struct iter_variable *iters_variable(const struct iters *iters, const char *name)
{
	for (size_t i = 0; i < iters->variable_count; i++)
		if (!strcmp(iters->variables[i].name, name))
			return &iters->variables[i];
	return NULL;
}

/* Writes nothing but the variable: its program may be writing others. */
int iters_variable_set(const struct iter_variable *variable, const struct load_value *value)
{
	size_t size = (size_t)variable->offset + variable->size;
	char *section = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, variable->map, 0);

	if (section == MAP_FAILED)
		return explain(-errno, "", "%s can't be set: %s", variable->name, strerror(errno));
	memcpy(section + variable->offset, value->bytes, value->size);
	munmap(section, size);
	return 0;
}
