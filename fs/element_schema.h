/* SPDX-License-Identifier: GPL-2.0-only */
/* The columns of a map's elements: by the map's own types, or fixed where its kind says what is in
 * it. */
#ifndef BPFVIEW_ELEMENT_SCHEMA_H
#define BPFVIEW_ELEMENT_SCHEMA_H

#include <stddef.h>

struct column;
struct element_map;
struct schema;

/* `key` at 0 and `value` (or `values`) after it, in the map's types. Free with schema_free(). */
int element_schema(const struct element_map *map, struct schema **out);

/* The columns given, which are copied, then `value` in the map's type at value_offset. */
int element_schema_value(const struct element_map *map, const struct column *columns,
			 unsigned int count, size_t value_offset, struct schema **out);

/* The columns given alone, which are copied, over rows of row_size. NULL without memory. */
struct schema *element_schema_fixed(const struct column *columns, unsigned int count,
				    size_t row_size);

#endif
