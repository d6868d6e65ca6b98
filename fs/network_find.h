/* SPDX-License-Identifier: GPL-2.0-only */
/* Network namespaces by the numbers that tables print as net_ns. */
#ifndef BPFVIEW_NETWORK_FIND_H
#define BPFVIEW_NETWORK_FIND_H

#include <stdint.h>

/*
 * The number that the name is, if a namespace may have it: decimal, without sign or leading zero.
 * 0 for any other name. Looks for nothing, and so takes no time.
 */
uint32_t network_number(const char *name);

/*
 * The namespace of that number as a descriptor, wherever it is: of a thread, of a socket, open or
 * mounted somewhere. Runs iterators, and may take long. A negative errno: -ENOENT without words
 * when it is nowhere.
 */
int network_find(uint32_t number);

#endif
