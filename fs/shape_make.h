/* SPDX-License-Identifier: GPL-2.0-only */
/* How shapes are compiled, by sort of type. Errors as those of shape.h. */
#ifndef BPFVIEW_SHAPE_MAKE_H
#define BPFVIEW_SHAPE_MAKE_H

#include <linux/types.h>

#include "shape.h"

struct btf_type;

/* Types of the kernel nest at most this deep, and so does what recurses over them. */
#define SHAPE_DEPTH 32
#define SHAPE_MADE  16384

/* Any type. Keeps the column's name and offset. */
int shape_make(struct shape_maker *maker, __u32 type_id, unsigned int depth, struct column *column);
/* Adds the members of struct type_id, which begins at byte `base` of the shape. */
int shape_make_members(struct shape_maker *maker, struct shape *shape, __u32 type_id, size_t base,
		       unsigned int depth);
int shape_make_section(struct shape_maker *maker, const struct btf_type *type,
		       struct column *column);
int shape_make_enum(struct shape_maker *maker, const struct btf_type *type, struct column *column);
/* `bits` bits from bit `start` of the struct on. */
int shape_make_bits(struct shape_maker *maker, __u32 type_id, size_t start, unsigned int bits,
		    struct column *column);

/* The type behind typedefs, const and the like, and its id; NULL for none or a loop. */
const struct btf_type *shape_type(const struct btf *btf, __u32 *type_id);

/* True when a value of the column could take far more to show than its bytes. */
bool shape_is_excessive(const struct column *column);

/* A copy of a name with nothing but letters, digits, `_` and `.`; NULL without memory. */
char *shape_name_copy(const struct btf *btf, __u32 offset);
/* Names a column so, makes its label, and copies its about, all in owned_name. -ENOMEM. */
int shape_name_column(const struct btf *btf, __u32 offset, struct column *column);

/* Room for one more member, zeroed; NULL without memory. */
struct column *shape_member_new(struct shape *shape);
/* The one member of a shape that has no list of them. */
struct column *shape_only_member(struct shape *shape);

#endif
