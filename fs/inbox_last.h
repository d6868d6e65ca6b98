/* SPDX-License-Identifier: GPL-2.0-only */
/* Each user's last exchange with each inbox; those used longest ago are dropped. Any thread. */
#ifndef BPFVIEW_INBOX_LAST_H
#define BPFVIEW_INBOX_LAST_H

#include <stdint.h>
#include <sys/types.h>

struct exchange;

/* Keeps a reference of its own. */
void inbox_last_set(uid_t user, uint32_t flags, struct exchange *exchange);

/* A reference for the caller, or NULL. */
struct exchange *inbox_last_get(uid_t user, uint32_t flags);

void inbox_last_free(void);

#endif
