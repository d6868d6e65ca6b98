/* SPDX-License-Identifier: GPL-2.0-only */
/* Link types of captures (LINKTYPE_ numbers of tcpdump.org), and the Ethernet header each gets. */
#ifndef BPFVIEW_LINKTYPE_H
#define BPFVIEW_LINKTYPE_H

#include <linux/if_ether.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINKTYPE_ETHERNET 1

struct linktype_header {
	size_t skip; /* bytes of the packet's own link-layer header that are left out */
	size_t size; /* bytes of ethernet that go in their place: ETH_HLEN, or 0 for Ethernet */
	struct ethhdr ethernet;
};

/* True when packets of the link type can be given an Ethernet header. */
bool linktype_known(uint32_t link_type);

/* Returns -EPROTONOSUPPORT, with words. */
int linktype_refuse(uint32_t link_type);

/*
 * The header of a packet of a known link type. -EINVAL when its own link-layer header is cut short
 * or holds something that has no EtherType.
 */
int linktype_header(uint32_t link_type, const uint8_t *bytes, size_t size,
		    struct linktype_header *header);

#endif
