// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/btf.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "kind.h"
#include "shape_make.h"

static int64_t value_of(const struct btf_type *type, __u32 index, bool is_signed)
{
	__s32 narrow;

	if (btf_is_enum64(type))
		return (int64_t)btf_enum64_value(&btf_enum64(type)[index]);
	narrow = btf_enum(type)[index].val;
	return is_signed ? narrow : (int64_t)(__u32)narrow;
}

/* Compilers before enum64 don't say: then a negative value does. */
static bool is_signed_enum(const struct btf_type *type)
{
	if (btf_kflag(type))
		return true;
	for (__u32 i = 0; btf_is_enum(type) && i < btf_vlen(type); i++) {
		if (btf_enum(type)[i].val < 0)
			return true;
	}
	return false;
}

/* Names such as __MAX_THING and __THING_END mark a range, they don't share the prefix. */
static bool has_prefix(const struct shape_name *name)
{
	return name->text[0] != '_';
}

/* The prefix ends with an underscore, and a letter must follow it in each name. */
static size_t prefix_length(const struct shape *shape)
{
	const char *first = NULL;
	size_t length = 0;
	bool shared = false;

	for (unsigned int i = 0; i < shape->count; i++) {
		const char *text = shape->names[i].text;
		size_t common = 0;

		if (!has_prefix(&shape->names[i]))
			continue;
		if (first) {
			shared = true;
		} else {
			first = text;
			length = strlen(text);
		}
		while (common < length && text[common] == first[common])
			common++;
		length = common;
		while (length &&
		       (first[length - 1] != '_' || !isalpha((unsigned char)text[length])))
			length--;
	}
	return shared ? length : 0;
}

static void cut_prefix(struct shape *shape)
{
	size_t length = prefix_length(shape);

	for (unsigned int i = 0; length && i < shape->count; i++) {
		char *text = shape->names[i].text;

		if (has_prefix(&shape->names[i]))
			memmove(text, text + length, strlen(text + length) + 1);
	}
}

static int compare_names(const void *a, const void *b)
{
	const struct shape_name *one = a, *other = b;

	if (one->value == other->value)
		return (one->order > other->order) - (one->order < other->order);
	return one->value > other->value ? 1 : -1;
}

int shape_make_enum(struct shape_maker *maker, const struct btf_type *type, struct column *column)
{
	__u32 size = type->size, count = btf_vlen(type);
	struct shape *shape;

	column->size = size;
	column->kind = &kind_bytes;
	if (size != 1 && size != 2 && size != 4 && size != 8)
		return 0;
	maker->made += count;
	shape = shape_new(maker);
	if (!shape)
		return -ENOMEM;
	shape->is_signed = is_signed_enum(type);
	shape->size = size;
	column->kind = &kind_enum;
	column->shape = shape;
	if (!count || maker->made > SHAPE_MADE)
		return 0;
	shape->names = calloc(count, sizeof(*shape->names));
	if (!shape->names)
		return -ENOMEM;
	for (__u32 i = 0; i < count; i++) {
		__u32 name = btf_is_enum64(type) ? btf_enum64(type)[i].name_off
						 : btf_enum(type)[i].name_off;

		shape->names[i].order = i;
		shape->names[i].value = value_of(type, i, shape->is_signed);
		shape->names[i].text = shape_name_copy(maker->btf, name);
		if (!shape->names[i].text)
			return -ENOMEM;
		shape->count = i + 1;
	}
	cut_prefix(shape);
	qsort(shape->names, count, sizeof(*shape->names), compare_names);
	return 0;
}
