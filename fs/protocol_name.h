/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of IP protocol numbers, as the protocols database (/etc/protocols) has them. */
#ifndef BPFVIEW_PROTOCOL_NAME_H
#define BPFVIEW_PROTOCOL_NAME_H

#include <stdint.h>

/* NULL for a number without a name. */
const char *protocol_name(uint8_t number);

#endif
