/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's numbers for sockets, by the names that they are shown with. */
#ifndef BPFVIEW_SOCKET_NAMES_H
#define BPFVIEW_SOCKET_NAMES_H

enum socket_family {
	family_unix = 1,
	family_inet = 2,
	family_inet6 = 10,
	family_key = 15,
	family_netlink = 16,
	family_packet = 17,
	family_pppox = 24,
	family_can = 29,
	family_tipc = 30,
	family_bluetooth = 31,
	family_iucv = 32,
	family_rxrpc = 33,
	family_caif = 37,
	family_alg = 38,
	family_nfc = 39,
	family_vsock = 40,
	family_kcm = 41,
	family_qipcrtr = 42,
	family_smc = 43,
	family_xdp = 44,
};

/* Nearly all families use the numbers of TCP's states. */
enum socket_state {
	STATE_ESTABLISHED = 1,
	STATE_SYN_SENT,
	STATE_SYN_RECV,
	STATE_FIN_WAIT1,
	STATE_FIN_WAIT2,
	STATE_TIME_WAIT,
	STATE_CLOSE,
	STATE_CLOSE_WAIT,
	STATE_LAST_ACK,
	STATE_LISTEN,
	STATE_CLOSING,
};

/* The state of a socket that is not connected and needs no connection. */
enum datagram_state {
	DATAGRAM_ESTABLISHED = 1,
	DATAGRAM_UNCONNECTED = 7,
	DATAGRAM_LISTEN = 10,
};

#endif
