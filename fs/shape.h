/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shape of a value that is more than a number: compiled from BTF once, needs no BTF later.
 * A member of a struct, and the element of an array, is a column of its own within the value.
 */
#ifndef BPFVIEW_SHAPE_H
#define BPFVIEW_SHAPE_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct btf;
struct column;
struct tags;

/* The name of an enum's value, common prefix cut. */
struct shape_name {
	int64_t value;
	unsigned int order; /* of declaration: of two names of a value the first is shown */
	char *text; /* owned */
};

struct shape {
	struct shape *next; /* of the same schema */
	struct column *members; /* of a struct, or one: element of an array, type of a bitfield */
	struct shape_name *names; /* of an enum, by rising value */
	unsigned int count; /* of members, elements, names or CPUs */
	unsigned int capacity; /* of members while they are added */
	size_t size; /* of the value; bytes */
	size_t stride; /* from one element to the next */
	unsigned int shift, bits; /* of a bitfield: bits to skip, bits to take */
	bool is_signed; /* a bitfield or an enum */
};

/* What shapes are compiled with. Start from zeroes, with btf set. */
struct shape_maker {
	const struct btf *btf;
	const struct tags *tags; /* how members are shown; NULL for none */
	struct shape *shapes; /* made so far; the caller's to free */
	struct shape *row; /* the one whose zero-length char arrays are text after the row */
	unsigned int made; /* columns and names; bounded, since hostile BTF multiplies */
	char culprit[64]; /* the first member that can't be shown; "" for none */
	const char *reason; /* why */
};

/*
 * Sets the kind, size and shape of a column from its type; where a part of it can't be shown its
 * bytes are. -EINVAL when not even its size is known, -ENOMEM.
 */
int shape_column(struct shape_maker *maker, __u32 type_id, struct column *column);

/* The members of a struct as columns, with text after the row: in maker->row. Errors as above. */
int shape_row(struct shape_maker *maker, __u32 type_id);

/* An empty shape, kept in maker->shapes; NULL without memory. */
struct shape *shape_new(struct shape_maker *maker);

/* Frees it and those after it. */
void shape_free(struct shape *shapes);

#endif
