// SPDX-License-Identifier: GPL-2.0-only
/* The built-in dissector as a test run has it. */
#include "dissect_context.h"

SEC("flow_dissector")
int dissect(struct __sk_buff *ctx)
{
	bool lost;

	return dissect_packet(ctx, &lost);
}
