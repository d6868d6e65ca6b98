/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the built-in dissector may look into that the kernel's own doesn't: bits of struct
 * bpf_flow_keys' flags, beside BPF_FLOW_DISSECTOR_F_*. The kernel sets none of them, so that an
 * attached dissector gives what the kernel's own gives.
 */
#ifndef DISSECT_OPTIONS_H
#define DISSECT_OPTIONS_H

enum dissect_option {
	DISSECT_VXLAN = 1 << 16,
	DISSECT_GENEVE = 1 << 17,
	DISSECT_GTP = 1 << 18, /* of users' packets, on UDP */
	DISSECT_GUE = 1 << 19,
	DISSECT_ERSPAN = 1 << 20,
	DISSECT_NSH = 1 << 21,
	DISSECT_VLAN_9100 = 1 << 22, /* tags of EtherType 0x9100 and 0x9200 */
	DISSECT_BEYOND = 0x7f << 16, /* all of them */
};

#endif
