/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The iterator program that gives an array's elements as records: key, padding to 8, value. The
 * verifier wants sizes that are known when it loads, so each shape of map needs its own. It is
 * put together here, since loading it through an object file takes fifty times as long.
 */
#ifndef BPFVIEW_ELEMENT_PROGRAM_H
#define BPFVIEW_ELEMENT_PROGRAM_H

#include <linux/types.h>

struct bpf_map_info;

/*
 * Loads it for a map whose values are of value_bytes, those of all CPUs together. Returns the
 * program's descriptor, or a negative errno with words, -EPERM without: there are other ways.
 */
int element_program_load(const struct bpf_map_info *info, __u32 value_bytes);

#endif
