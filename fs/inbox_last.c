// SPDX-License-Identifier: GPL-2.0-only
#include "inbox_last.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "exchange.h"

#define KEPT 16 /* each may hold as much as an exchange's limit */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t uses;
static struct kept {
	struct exchange *exchange; /* NULL: free */
	uid_t user;
	char *inbox; /* its path */
	uint64_t used;
} kept[KEPT];

/* The place of that user and inbox; or with `any`, the one to be used for them. */
static struct kept *find(uid_t user, const char *inbox, bool any)
{
	struct kept *oldest = &kept[0];

	for (size_t i = 0; i < KEPT; i++) {
		if (kept[i].exchange && kept[i].user == user && !strcmp(kept[i].inbox, inbox))
			return &kept[i];
		if (!kept[i].exchange || (oldest->exchange && kept[i].used < oldest->used))
			oldest = &kept[i];
	}
	return any ? oldest : NULL;
}

void inbox_last_set(uid_t user, const char *inbox, struct exchange *exchange)
{
	struct kept *place, before;
	char *path = strdup(inbox);

	if (!path)
		return; /* this one is not kept then */
	pthread_mutex_lock(&lock);
	place = find(user, inbox, true);
	before = *place;
	place->exchange = exchange_get(exchange);
	place->user = user;
	place->inbox = path;
	place->used = ++uses;
	pthread_mutex_unlock(&lock);
	exchange_put(before.exchange);
	free(before.inbox);
}

struct exchange *inbox_last_get(uid_t user, const char *inbox)
{
	struct exchange *exchange = NULL;
	struct kept *place;

	pthread_mutex_lock(&lock);
	place = find(user, inbox, false);
	if (place) {
		place->used = ++uses;
		exchange = exchange_get(place->exchange);
	}
	pthread_mutex_unlock(&lock);
	return exchange;
}

void inbox_last_forget(const char *folder)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < KEPT; i++) {
		if (!kept[i].exchange || strncmp(kept[i].inbox, folder, strlen(folder)))
			continue;
		exchange_put(kept[i].exchange);
		free(kept[i].inbox);
		kept[i] = (struct kept){0};
	}
	pthread_mutex_unlock(&lock);
}
