// SPDX-License-Identifier: GPL-2.0-only
/* The values of variables, as text that is read and written. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "explain.h"
#include "iters_inside.h"
#include "kind.h"
#include "schema.h"

/* The type behind its names and qualifiers. */
static const struct btf_type *type_of(const struct iters *iters, __u32 id)
{
	const struct btf_type *type = btf__type_by_id(iters->btf, id);

	while (type && (btf_is_mod(type) || btf_is_typedef(type)))
		type = btf__type_by_id(iters->btf, type->type);
	return type;
}

/* Of a string, which is an array of char; else 0. */
static __u32 string_size(const struct iters *iters, const struct btf_type *type)
{
	const struct btf_type *element;

	if (!btf_is_array(type))
		return 0;
	element = type_of(iters, btf_array(type)->type);
	return element && btf_is_int(element) && element->size == 1 ? btf_array(type)->nelems : 0;
}

/* The section that a variable is in, to be freed; or NULL, with a negative errno. */
static char *section_read(const struct iter_variable *variable, int *error)
{
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info), zero = 0;
	char *section;

	*error = -ENOMEM;
	if (bpf_obj_get_info_by_fd(variable->map, &info, &size) ||
	    (size_t)variable->offset + variable->size > info.value_size)
		return NULL;
	section = malloc(info.value_size);
	if (!section)
		return NULL;
	*error = bpf_map_lookup_elem(variable->map, &zero, section) ? -errno : 0;
	if (!*error)
		return section;
	free(section);
	return NULL;
}

/* The value as a cell of a table shows it. */
static int cell_print(const struct iters *iters, const struct iter_variable *variable,
		      const void *value, struct buffer *out)
{
	const struct schema_element element = {
		.btf = iters->btf,
		.value_type = variable->type,
		.value_size = variable->size,
		.key_size = sizeof(uint64_t),
	};
	const struct column *column;
	struct schema *schema;
	int error = schema_from_element(&element, &schema);

	if (error)
		return error;
	column = &schema->columns[1];
	if (column->kind->text)
		column->kind->text(out, column, value);
	else
		column->kind->json(out, column, value);
	schema_free(schema);
	return 0;
}

int iters_variable_print(const struct iters *iters, const struct iter_variable *variable,
			 struct buffer *out)
{
	const struct btf_type *type = type_of(iters, variable->type);
	__u32 string = type ? string_size(iters, type) : 0;
	int error;
	char *section = section_read(variable, &error);

	if (!section)
		return error;
	if (string)
		buffer_put(out, section + variable->offset,
			   strnlen(section + variable->offset, string));
	else
		error = cell_print(iters, variable, section + variable->offset, out);
	free(section);
	buffer_put_char(out, '\n');
	return error ? error : out->failed ? -ENOMEM : 0;
}

static int range_explain(const struct iter_variable *variable, const char *text)
{
	return explain(-ERANGE, "", "%s has %u bytes: %.40s is too much for it", variable->name,
		       variable->size, text);
}

static int wrong_explain(const struct iter_variable *variable, const char *text, const char *wanted)
{
	return explain(-EINVAL, "", "%s is %s, and not %.40s", variable->name, wanted, text);
}

static void value_put(struct load_value *out, uint64_t value)
{
	memcpy(out->bytes, &value, out->size < sizeof(value) ? out->size : sizeof(value));
}

static int number_parse(const struct iter_variable *variable, const char *text, bool is_signed,
			struct load_value *out)
{
	unsigned int bits = variable->size * 8;
	bool negative = text[0] == '-';
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (end == text || *end || strpbrk(text, " +") || (negative && !is_signed))
		return negative && !is_signed && end != text && !*end
			       ? range_explain(variable, text)
			       : wrong_explain(variable, text, "a number");
	if (errno || bits > 64)
		return range_explain(variable, text);
	if (negative ? -value > 1ULL << (bits - 1)
		     : bits - is_signed < 64 && value >> (bits - is_signed))
		return range_explain(variable, text);
	value_put(out, value);
	return 0;
}

static int bool_parse(const struct iter_variable *variable, const char *text,
		      struct load_value *out)
{
	bool yes = !strcmp(text, "true") || !strcmp(text, "1");

	if (!yes && strcmp(text, "false") && strcmp(text, "0"))
		return wrong_explain(variable, text, "true or false");
	value_put(out, yes);
	return 0;
}

/* By a name as it is declared or as it is shown, or by its number. */
static int enum_parse(const struct iters *iters, const struct iter_variable *variable,
		      const struct btf_type *type, const char *text, struct load_value *out)
{
	if (variable->size > sizeof(uint64_t))
		return wrong_explain(variable, text, "an enum of more than 8 bytes");
	for (int i = 0; i < btf_vlen(type); i++) {
		const struct btf_enum *one = &btf_enum(type)[i];
		uint64_t value = (uint64_t)(int64_t)one->val;
		struct buffer shown = {0};
		bool is_it = !strcmp(text, btf__name_by_offset(iters->btf, one->name_off));

		if (!is_it && !cell_print(iters, variable, &value, &shown)) {
			buffer_put_char(&shown, '\0');
			is_it = !shown.failed && !strcmp(text, shown.data);
		}
		buffer_free(&shown);
		if (!is_it)
			continue;
		value_put(out, value);
		return 0;
	}
	if (text[strspn(text, "-0123456789")])
		return wrong_explain(variable, text, "an enum, which has other names");
	return number_parse(variable, text, btf_kflag(type), out);
}

int iters_variable_parse(const struct iters *iters, const struct iter_variable *variable,
			 const char *text, size_t size, struct load_value *out)
{
	const struct btf_type *type = type_of(iters, variable->type);
	char copy[LOAD_VALUE_MOST + 1] = "";
	__u32 string;

	*out = (struct load_value){.size = variable->size};
	snprintf(out->name, sizeof(out->name), "%s", variable->name);
	if (size && text[size - 1] == '\n')
		size--;
	if (!type || variable->size > LOAD_VALUE_MOST)
		return explain(-EINVAL, "", "%s can't be written", variable->name);
	if (size >= sizeof(copy))
		return range_explain(variable, text);
	memcpy(copy, text, size);
	string = string_size(iters, type);
	if (string) {
		if (size >= string)
			return range_explain(variable, copy);
		memcpy(out->bytes, copy, size);
		return 0;
	}
	if (btf_is_enum(type))
		return enum_parse(iters, variable, type, copy, out);
	if (!btf_is_int(type))
		return explain(-EINVAL, "numbers, bool, enums and strings can be",
			       "%s can't be written as text", variable->name);
	if (btf_int_encoding(type) & BTF_INT_BOOL)
		return bool_parse(variable, copy, out);
	return number_parse(variable, copy, btf_int_encoding(type) & BTF_INT_SIGNED, out);
}
