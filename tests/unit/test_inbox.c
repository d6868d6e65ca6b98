// SPDX-License-Identifier: GPL-2.0-only
/* What an inbox does without a packet; with packets it needs root, and is driven through a mount.
 */
#include <errno.h>
#include <pthread.h>

#include "dissector.h"
#include "exchange.h"
#include "inbox.h"
#include "inbox_last.h"
#include "pool.h"
#include "tables.h"
#include "tree.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int answers;

struct asked {
	struct inbox_request request;
	int error, turn;
	struct explanation words;
};

static void asked_done(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct asked *asked = (struct asked *)((char *)wait - offsetof(struct asked, request.wait));

	pthread_mutex_lock(&lock);
	asked->error = answer->error;
	if (answer->words)
		asked->words = *answer->words;
	asked->turn = ++answers;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void ask(struct inbox *inbox, struct asked *asked, enum inbox_operation operation,
		const char *bytes)
{
	*asked = (struct asked){.request.operation = operation};
	asked->request.bytes = bytes;
	asked->request.size = bytes ? strlen(bytes) : 1000;
	asked->request.wait.done = asked_done;
	inbox_submit(inbox, &asked->request);
}

static void wait_for(const struct asked *asked)
{
	pthread_mutex_lock(&lock);
	while (!asked->turn)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static struct inbox *create(struct pool *pool)
{
	struct entry entry = {.type = ENTRY_INBOX, .path = "dissect/input", .format = &format_text};
	struct dissectors dissectors = {0};
	struct inbox *inbox;

	inbox_set_limit(64);
	dissectors.first = dissector_create(NULL, NULL, NULL); /* it comes to no packet */
	ck_assert_int_eq(inbox_create(pool, &entry, &dissectors, 4711, true, &inbox), 0);
	return inbox;
}

START_TEST(nothing_written)
{
	static const enum inbox_operation operations[] = {INBOX_FLUSH, INBOX_READ, INBOX_FLUSH,
							  INBOX_READ, INBOX_CLOSE};
	struct pool *pool = pool_create();
	struct asked asked[5];
	struct inbox *inbox;

	inbox = create(pool);
	for (int i = 0; i < 5; i++)
		ask(inbox, &asked[i], operations[i], NULL);
	for (int i = 0; i < 5; i++) {
		wait_for(&asked[i]);
		ck_assert_int_eq(asked[i].error, operations[i] == INBOX_READ ? -ENODATA : 0);
		ck_assert_int_eq(asked[i].turn, i + 1); /* in their order */
	}
	ck_assert_str_eq(asked[1].words.message, "no packets were written");
	ck_assert_str_ne(asked[1].words.hint, "");
	ck_assert(pool_free(pool));
	inbox_last_forget("");
}
END_TEST

START_TEST(what_is_no_capture)
{
	struct pool *pool = pool_create();
	struct asked write, flush, read, end;
	struct inbox *inbox;

	inbox = create(pool);
	ask(inbox, &write, INBOX_WRITE, "no hex at all, and no capture");
	wait_for(&write);
	ask(inbox, &flush, INBOX_FLUSH, NULL);
	wait_for(&flush);
	ck_assert_int_eq(write.error ? write.error : flush.error, -EINVAL);
	ck_assert_str_ne(write.error ? write.words.message : flush.words.message, "");
	ask(inbox, &read, INBOX_READ, NULL);
	ask(inbox, &end, INBOX_CLOSE, NULL);
	wait_for(&end);
	ck_assert_int_lt(read.error, 0);
	ck_assert(pool_free(pool));
	inbox_last_forget("");
}
END_TEST

START_TEST(nobody_has_written)
{
	struct entry entry = {.type = ENTRY_INBOX, .path = "dissect/input", .format = &format_text};
	const struct caller caller = {.user = 4711};
	struct source *source;
	struct explanation words;

	ck_assert_int_eq(inbox_open_last(&entry, &caller, &source), -ENODATA);
	explain_take(&words);
	ck_assert_str_ne(words.message, "");
}
END_TEST

START_TEST(last_exchanges)
{
	const struct exchange_options options = {0};
	const struct dissectors none = {0};
	struct exchange *exchanges[20], *last;

	ck_assert_ptr_null(inbox_last_get(0, "a/b"));
	for (unsigned int i = 0; i < 20; i++) {
		exchanges[i] = exchange_create(&none, &options);
		inbox_last_set(i, "a/b", exchanges[i]);
		last = inbox_last_get(0, "a/b"); /* keeps it in use */
		ck_assert_ptr_eq(last, exchanges[0]);
		exchange_put(last);
		last = inbox_last_get(i, "a/b");
		ck_assert_ptr_eq(last, exchanges[i]);
		exchange_put(last);
		ck_assert_ptr_null(inbox_last_get(i, "a/c"));
	}
	ck_assert_ptr_null(inbox_last_get(1, "a/b")); /* the first to be forgotten */
	inbox_last_set(19, "a/b", exchanges[3]);
	last = inbox_last_get(19, "a/b");
	ck_assert_ptr_eq(last, exchanges[3]);
	exchange_put(last);
	for (unsigned int i = 0; i < 20; i++)
		exchange_put(exchanges[i]);
	inbox_last_forget("b/");
	last = inbox_last_get(19, "a/b");
	ck_assert_ptr_eq(last, exchanges[3]);
	exchange_put(last);
	inbox_last_forget("a/");
	ck_assert_ptr_null(inbox_last_get(19, "a/b"));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {nothing_written, what_is_no_capture, nobody_has_written,
				      last_exchanges, NULL};

	return run_tests("inbox", tests);
}
