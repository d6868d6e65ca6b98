// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "kind.h"
#include "shape_make.h"
#include "tags.h"

/* Remembers the first member that can't be shown as it should. */
static int blame(struct shape_maker *maker, __u32 name, const char *reason)
{
	const char *text = btf__name_by_offset(maker->btf, name);

	if (!maker->reason) {
		maker->reason = reason;
		snprintf(maker->culprit, sizeof(maker->culprit), "%s", text ? text : "");
	}
	return -EINVAL;
}

int shape_make_bits(struct shape_maker *maker, __u32 type_id, size_t start, unsigned int bits,
		    struct column *column)
{
	const struct btf_type *base = shape_type(maker->btf, &type_id);
	struct shape *shape;
	struct column *type;
	int error;

	if (!base || (!btf_is_int(base) && !btf_is_any_enum(base)) || bits > 8 * base->size)
		return -EINVAL;
	shape = shape_new(maker);
	if (!shape || !shape_only_member(shape))
		return -ENOMEM;
	type = shape->members;
	error = shape_make(maker, type_id, 0, type);
	if (error)
		return error;
	if (type->kind == &kind_bytes)
		return -EINVAL;
	shape->is_signed =
		type->kind == &kind_signed || (type->kind == &kind_enum && type->shape->is_signed);
	type->size = bits > 64 ? 16 : 8;
	shape->shift = start % 8;
	shape->bits = bits;
	column->kind = &kind_bits;
	column->shape = shape;
	column->offset = start / 8;
	column->size = (shape->shift + bits + 7) / 8;
	return 0;
}

/*
 * A bitfield's bits: those of the member where the struct says that it tells them, else those of
 * its integer type, which older compilers made for each. 0 for a plain member.
 */
static unsigned int bitfield_bits(const struct shape_maker *maker, const struct btf_type *owner,
				  __u32 index, size_t *start)
{
	__u32 type_id = btf_members(owner)[index].type;
	const struct btf_type *type = shape_type(maker->btf, &type_id);
	unsigned int bits = btf_member_bitfield_size(owner, index);

	if (bits || !type || !btf_is_int(type))
		return bits;
	if (!btf_int_offset(type) && btf_int_bits(type) == 8 * type->size && *start % 8 == 0)
		return 0;
	*start += btf_int_offset(type);
	return btf_int_bits(type);
}

/* An address is shown by the family in the column before it, past other addresses and ports. */
static bool has_family(const struct shape *shape)
{
	unsigned int i = shape->count;

	while (i && (shape->members[i - 1].kind == &kind_address ||
		     shape->members[i - 1].kind == &kind_port))
		i--;
	return i && shape->members[i - 1].size && shape->members[i - 1].size <= 8;
}

static int make_member(struct shape_maker *maker, struct shape *shape, __u32 owner_id, __u32 index,
		       size_t base, unsigned int depth)
{
	const struct btf_type *owner = btf__type_by_id(maker->btf, owner_id);
	const struct btf_member *member = &btf_members(owner)[index];
	size_t start = 8 * base + btf_member_bit_offset(owner, index);
	unsigned int bits = bitfield_bits(maker, owner, index, &start);
	struct column made = {.offset = start / 8}, *column;
	const char *reason;
	int error;

	if (!bits && start % 8)
		return blame(maker, member->name_off, "it doesn't begin at a byte");
	error = bits ? shape_make_bits(maker, member->type, start, bits, &made)
		     : shape_make(maker, member->type, depth + 1, &made);
	if (error == -EINVAL)
		return blame(maker, member->name_off, "its type can't be shown");
	if (error)
		return error;
	if (made.offset > shape->size || made.size > shape->size - made.offset)
		return blame(maker, member->name_off, "it lies outside of the struct");
	if (made.kind == &kind_bytes)
		blame(maker, member->name_off, "its type can't be shown");
	if (shape == maker->row && !made.size) {
		if (made.kind != &kind_chars)
			blame(maker, member->name_off, "only text has no length");
		made.kind = &kind_text;
	}
	reason = tags_apply(maker->tags, owner_id, index, &made);
	if (!reason && made.kind == &kind_address && !has_family(shape))
		reason = "address needs the family, AF_INET or AF_INET6, before it";
	if (reason)
		blame(maker, member->name_off, reason);
	column = shape_member_new(shape);
	if (!column)
		return -ENOMEM;
	*column = made;
	return shape_name_column(maker->btf, member->name_off, column);
}

int shape_make_members(struct shape_maker *maker, struct shape *shape, __u32 type_id, size_t base,
		       unsigned int depth)
{
	const struct btf_type *type = btf__type_by_id(maker->btf, type_id);
	const struct btf_member *member = btf_members(type);
	int error = 0;

	if (depth > SHAPE_DEPTH)
		return -EINVAL;
	for (__u32 i = 0; !error && i < btf_vlen(type); i++, member++) {
		const char *name = btf__name_by_offset(maker->btf, member->name_off);
		__u32 inner_id = member->type;
		const struct btf_type *inner = shape_type(maker->btf, &inner_id);

		if (++maker->made > SHAPE_MADE)
			return blame(maker, member->name_off, "there are too many");
		if (!name)
			return -EINVAL;
		if (*name)
			error = make_member(maker, shape, type_id, i, base, depth);
		/* The members of an unnamed struct are its parent's; an unnamed bitfield is
		 * padding. */
		else if (inner && btf_is_composite(inner))
			error = shape_make_members(maker, shape, inner_id,
						   base + btf_member_bit_offset(type, i) / 8,
						   depth + 1);
	}
	return error;
}

int shape_row(struct shape_maker *maker, __u32 type_id)
{
	const struct btf_type *type = shape_type(maker->btf, &type_id);
	int error;

	if (!type || !btf_is_struct(type))
		return -EINVAL;
	maker->row = shape_new(maker);
	if (!maker->row)
		return -ENOMEM;
	maker->row->size = type->size;
	error = shape_make_members(maker, maker->row, type_id, 0, 0);
	if (!error && shape_is_excessive(&(struct column){
			      .kind = &kind_struct, .shape = maker->row, .size = type->size}))
		error = -EINVAL;
	return error;
}
