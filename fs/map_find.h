/* SPDX-License-Identifier: GPL-2.0-only */
/* A map by its name or id. */
#ifndef BPFVIEW_MAP_FIND_H
#define BPFVIEW_MAP_FIND_H

#include <stdint.h>

/* The id of a map, by that or by a name that one map alone has. -ENOENT, -ENOTUNIQ. */
int map_find(const char *name, uint32_t *out);

#endif
