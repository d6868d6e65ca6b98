/* SPDX-License-Identifier: GPL-2.0-only */
/* Each user's last exchange with each inbox; those used longest ago are dropped. Any thread. */
#ifndef BPFVIEW_INBOX_LAST_H
#define BPFVIEW_INBOX_LAST_H

#include <sys/types.h>

struct entry;
struct exchange;

/* inbox is its path. Keeps a reference of its own. */
void inbox_last_set(uid_t user, const char *inbox, struct exchange *exchange);

/* A reference for the caller, or NULL. */
struct exchange *inbox_last_get(uid_t user, const char *inbox);

/* Forgets what is kept of the inboxes whose path begins so; with "" of all. */
void inbox_last_forget(const char *folder);

/* An inbox's path without its format's suffix: a result may be read in another format. Or NULL. */
char *inbox_last_name(const struct entry *entry);

#endif
