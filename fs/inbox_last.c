// SPDX-License-Identifier: GPL-2.0-only
#include "inbox_last.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "exchange.h"

#define KEPT 16 /* each may hold as much as an exchange's limit */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t uses;
static struct kept {
	struct exchange *exchange; /* NULL: free */
	uid_t user;
	uint32_t flags;
	uint64_t used;
} kept[KEPT];

/* The place of that user and flags; or with `any`, the one to be used for them. */
static struct kept *find(uid_t user, uint32_t flags, bool any)
{
	struct kept *oldest = &kept[0];

	for (size_t i = 0; i < KEPT; i++) {
		if (kept[i].exchange && kept[i].user == user && kept[i].flags == flags)
			return &kept[i];
		if (!kept[i].exchange || (oldest->exchange && kept[i].used < oldest->used))
			oldest = &kept[i];
	}
	return any ? oldest : NULL;
}

void inbox_last_set(uid_t user, uint32_t flags, struct exchange *exchange)
{
	struct exchange *before;
	struct kept *place;

	pthread_mutex_lock(&lock);
	place = find(user, flags, true);
	before = place->exchange;
	*place = (struct kept){exchange_get(exchange), user, flags, ++uses};
	pthread_mutex_unlock(&lock);
	exchange_put(before);
}

struct exchange *inbox_last_get(uid_t user, uint32_t flags)
{
	struct exchange *exchange = NULL;
	struct kept *place;

	pthread_mutex_lock(&lock);
	place = find(user, flags, false);
	if (place) {
		place->used = ++uses;
		exchange = exchange_get(place->exchange);
	}
	pthread_mutex_unlock(&lock);
	return exchange;
}

void inbox_last_free(void)
{
	for (size_t i = 0; i < KEPT; i++) {
		exchange_put(kept[i].exchange);
		kept[i].exchange = NULL;
	}
}
