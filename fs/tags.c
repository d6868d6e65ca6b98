// SPDX-License-Identifier: GPL-2.0-only
#include "tags.h"

#include <bpf/btf.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "kind.h"
#include "shape.h"

#define PREFIX "bpfview:"
#define NONE   "none="
#define ABOUT  "about="

#define ABOUT_MOST 64 /* characters: README has a line for a column */

struct tag {
	__u32 type_id, index;
	const char *words; /* in the BTF */
};

struct tags {
	unsigned int count, capacity;
	struct tag *list;
};

static int tags_add(struct tags *tags, struct tag tag)
{
	if (tags->count == tags->capacity) {
		unsigned int capacity = tags->capacity ? 2 * tags->capacity : 16;
		struct tag *list = reallocarray(tags->list, capacity, sizeof(*list));

		if (!list)
			return -ENOMEM;
		tags->list = list;
		tags->capacity = capacity;
	}
	tags->list[tags->count++] = tag;
	return 0;
}

int tags_read(const struct btf *btf, struct tags **out)
{
	struct tags *tags = calloc(1, sizeof(*tags));

	if (!tags)
		return -ENOMEM;
	for (__u32 id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		const char *words;

		if (!type || !btf_is_decl_tag(type))
			continue;
		words = btf__name_by_offset(btf, type->name_off);
		if (!words || strncmp(words, PREFIX, strlen(PREFIX)) != 0)
			continue;
		if (tags_add(tags,
			     (struct tag){type->type, (__u32)btf_decl_tag(type)->component_idx,
					  words + strlen(PREFIX)})) {
			tags_free(tags);
			return -ENOMEM;
		}
	}
	*out = tags;
	return 0;
}

void tags_free(struct tags *tags)
{
	if (!tags)
		return;
	free(tags->list);
	free(tags);
}

static const char *apply_none(struct column *column, const char *words)
{
	char *end;

	if (column->kind->none != number_none)
		return "none= is for numbers";
	errno = 0;
	column->none = *words == '-' ? strtoll(words, &end, 0) : (int64_t)strtoull(words, &end, 0);
	end += strspn(end, "uUlL");
	if (!isdigit((unsigned char)words[*words == '-']) || *end || errno)
		return "its none= is no number";
	column->optional = true;
	return NULL;
}

static const char *apply_lower(struct column *column)
{
	const struct shape *shape = column->shape;

	if (column->kind != &kind_enum)
		return "lower is for enums";
	for (unsigned int i = 0; i < shape->count; i++) {
		for (char *c = shape->names[i].text; *c; c++)
			*c = (char)tolower((unsigned char)*c);
	}
	return NULL;
}

static const char *apply_flags(struct column *column)
{
	if (column->kind != &kind_enum)
		return "flags is for enums";
	column->kind = &kind_flags;
	return NULL;
}

static const char *apply_hex(struct column *column)
{
	const struct shape *shape = column->shape;

	if (column->kind == &kind_array && shape->stride == 1)
		column->kind = &kind_bytes;
	else if (column->kind == &kind_unsigned || column->kind == &kind_signed)
		column->kind = &kind_hex;
	else
		return "hex is for integers and arrays of bytes";
	return NULL;
}

static const char *apply_about(struct column *column, const char *words)
{
	size_t length = strnlen(words, ABOUT_MOST + 1);

	for (size_t i = 0; i < length; i++)
		if (!isprint((unsigned char)words[i]))
			length = 0;
	if (!length || length > ABOUT_MOST)
		return "its about= is not of 1 to 64 plain characters";
	column->about = words;
	return NULL;
}

/* The tags that name a kind. */
static const char *apply_kind(struct column *column, const char *words)
{
	static const struct {
		const char *words;
		const struct kind *kind;
		size_t size;
		const char *wrong;
	} kinds[] = {
		{"port", &kind_port, 2, "port is for 2 bytes"},
		{"ipv4", &kind_ipv4, 4, "ipv4 is for 4 bytes"},
		{"ipv6", &kind_ipv6, 16, "ipv6 is for 16 bytes"},
		{"address", &kind_address, 16, "address is for 16 bytes"},
		{"device", &kind_device, 4, "device is for 4 bytes"},
		{"time", &kind_time, 8, "time is for 8 bytes"},
		{"boottime", &kind_boottime, 8, "boottime is for 8 bytes"},
		{"arguments", &kind_arguments, 0, "arguments is for char NAME[0] in a row"},
		{"path_up", &kind_path_up, 0, "path_up is for char NAME[0] in a row"},
		{"numbers", &kind_numbers, 0, "numbers is for char NAME[0] in a row"},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strcmp(words, kinds[i].words) != 0)
			continue;
		if (column->size != kinds[i].size ||
		    column->kind->after_row != kinds[i].kind->after_row)
			return kinds[i].wrong;
		column->kind = kinds[i].kind;
		return NULL;
	}
	return "one of its bpfview: tags is not known";
}

static const char *apply(struct column *column, const char *words)
{
	if (strcmp(words, "hex") == 0)
		return apply_hex(column);
	if (strcmp(words, "lower") == 0)
		return apply_lower(column);
	if (strcmp(words, "flags") == 0)
		return apply_flags(column);
	if (strncmp(words, ABOUT, strlen(ABOUT)) == 0)
		return apply_about(column, words + strlen(ABOUT));
	return apply_kind(column, words);
}

const char *tags_apply(const struct tags *tags, __u32 type_id, __u32 index, struct column *column)
{
	const char *reason = NULL;

	/* What stands for nothing comes last, as it depends on the kind. */
	for (int last = 0; last < 2; last++) {
		for (unsigned int i = 0; tags && !reason && i < tags->count; i++) {
			const struct tag *tag = &tags->list[i];
			bool none = strncmp(tag->words, NONE, strlen(NONE)) == 0;

			if (tag->type_id != type_id || tag->index != index || none != last)
				continue;
			reason = none ? apply_none(column, tag->words + strlen(NONE))
				      : apply(column, tag->words);
		}
	}
	return reason;
}
