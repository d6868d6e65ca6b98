// SPDX-License-Identifier: GPL-2.0-only
/* What an open for reading alone shows of a user's last exchange. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange.h"
#include "explain.h"
#include "format.h"
#include "inbox.h"
#include "inbox_last.h"
#include "tree.h"

char *inbox_last_name(const struct entry *entry)
{
	return strndup(entry->path, strlen(entry->path) - strlen(entry->format->suffix));
}

/* Takes the name. -ENODATA, with words, or -ENOMEM. */
static int last_get(char *name, const struct caller *caller, struct exchange **out)
{
	*out = name ? inbox_last_get(caller->user, name) : NULL;
	free(name);
	return *out ? 0
		    : explain(-ENODATA, "write packets into input first",
			      "no packets have been dissected for this user");
}

int inbox_open_last(const struct entry *entry, const struct caller *caller, struct source **out)
{
	struct exchange *exchange;
	int error = last_get(inbox_last_name(entry), caller, &exchange);

	if (error)
		return error;
	*out = exchange_source(exchange);
	exchange_put(exchange);
	return *out ? 0 : -ENOMEM;
}

int inbox_open_explain(const struct entry *entry, const struct caller *caller, struct source **out)
{
	int folder = (int)(strrchr(entry->path, '/') - entry->path);
	struct exchange *exchange;
	char *name = NULL;
	int error;

	if (asprintf(&name, "%.*s/" INBOX_NAME, folder, entry->path) < 0)
		return -ENOMEM;
	error = last_get(name, caller, &exchange);
	if (error)
		return error;
	error = exchange_explain(exchange, out);
	exchange_put(exchange);
	return error;
}

int inbox_open_stream(const struct entry *entry, const struct caller *caller, struct source **out)
{
	(void)entry, (void)caller, (void)out;
	return explain(-EINVAL, "open it for reading and writing: exec 3<>dissect/" STREAM_NAME,
		       "a stream is read by whom it is written by");
}
