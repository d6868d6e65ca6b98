/* SPDX-License-Identifier: GPL-2.0-only */
/* The flow dissector that is attached to a network namespace, by whomever. */
#ifndef BPFVIEW_NETWORK_DISSECTOR_H
#define BPFVIEW_NETWORK_DISSECTOR_H

struct schema;
struct source;

extern const struct schema network_dissector_schema;

/*
 * A row for it, or none where the kernel's own dissects. network is a descriptor, the caller's. 0
 * or a negative errno, with words.
 */
int network_dissector_source(int network, struct source **out);

#endif
