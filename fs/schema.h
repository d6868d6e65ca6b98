/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A schema is the list of a table's columns. It is read from the BTF of the row's C struct (views,
 * map elements), or is a static table over a struct of the daemon's own (status, errors, dissect).
 *
 * A record is the fixed row, row_size bytes, then the bytes of each text column (a `char name[0]`
 * member), in order of declaration, as chunks: a host-endian u16 whose low 15 bits are the length
 * and whose top bit says that another chunk of the same text follows, then that many bytes.
 */
#ifndef BPFVIEW_SCHEMA_H
#define BPFVIEW_SCHEMA_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

#include "column.h"

struct btf;

struct schema {
	struct column *columns;
	unsigned int count;
	size_t row_size;
	unsigned int texts; /* how many columns are text after the row */
	struct shape *shapes; /* what nested columns are made of; owned */
};

/*
 * Reads struct type_id of btf. -EINVAL with words (explain.h) for a row with holes in it, or with a
 * member that can't be shown. Free with schema_free(). Needs btf only while it runs.
 */
int schema_from_btf(const struct btf *btf, __u32 type_id, struct schema **out);

/*
 * The schema of a map's elements: column `key` at 0, then `value` (or, with cpus, `values`: one per
 * possible CPU) at key_size rounded up to 8. btf NULL or a type id of 0: bytes as hex.
 * Record: key, padding, value_size bytes, or cpus times value_size rounded up to 8.
 */
struct schema_element {
	const struct btf *btf;
	__u32 key_type, value_type, key_size, value_size;
	unsigned int cpus; /* 0: not per-CPU */
};
int schema_from_element(const struct schema_element *element, struct schema **out);

void schema_free(struct schema *schema);

/* Bytes of the record at the start of records, or -EBADMSG when it is not whole within size. */
long schema_record_size(const struct schema *schema, const void *records, size_t size);

/* The column of that name, or NULL. */
const struct column *schema_column(const struct schema *schema, const char *name);

#endif
