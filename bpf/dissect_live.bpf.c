// SPDX-License-Identifier: GPL-2.0-only
/*
 * The built-in dissector as it is attached. Packets of which the kernel's own makes a hash of more
 * than the keys can carry, tags, the key of GRE, are left to that; but a tag that the network card
 * or the kernel has taken off is not to be seen here.
 */
#include "dissect_context.h"

SEC("flow_dissector")
int dissect_live(struct __sk_buff *ctx)
{
	bool lost;
	int verdict = dissect_packet(ctx, &lost);

	return lost ? BPF_FLOW_DISSECTOR_CONTINUE : verdict;
}
