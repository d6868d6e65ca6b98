// SPDX-License-Identifier: GPL-2.0-only
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "pool.h"
#include "tables.h"

static struct pool *pool;

/* Work that counts its runs and puts itself into the queue again. */
struct turns {
	struct work work;
	enum pool_class class;
	int left;
	_Atomic int runs, inside;
};

static void turn(struct work *work)
{
	struct turns *turns = (struct turns *)work;

	ck_assert_int_eq(turns->inside++, 0);
	turns->runs++;
	turns->inside--;
	if (--turns->left)
		pool_submit(pool, turns->class, work);
}

START_TEST(ends_when_all_is_done)
{
	struct turns turns[50] = {0};

	pool = pool_create();
	for (int i = 0; i < 50; i++) {
		turns[i].work.run = turn;
		turns[i].class = i % POOL_CLASSES;
		turns[i].left = i * 10 + 1;
		pool_submit(pool, turns[i].class, &turns[i].work);
	}
	ck_assert(pool_free(pool));
	for (int i = 0; i < 50; i++)
		ck_assert_int_eq(turns[i].runs, i * 10 + 1);
}
END_TEST

START_TEST(nothing_to_do)
{
	ck_assert(pool_free(NULL));
	ck_assert(pool_free(pool_create()));
}
END_TEST

/* Work that stays until it is let go. */
struct stay {
	struct work work;
	_Atomic bool running;
};

static _Atomic bool let_go;

static void stay_run(struct work *work)
{
	((struct stay *)work)->running = true;
	while (!let_go)
		sched_yield();
}

START_TEST(prompt_work_never_waits_for_bulk_work)
{
	struct turns prompt = {.work.run = turn, .class = POOL_PROMPT, .left = 100};
	struct turns bulk = {.work.run = turn, .class = POOL_BULK, .left = 1};
	struct stay stays[100] = {0};

	pool = pool_create();
	ck_assert(!pool_is_waiting(pool, POOL_BULK));
	while (!pool_is_idle(pool, POOL_BULK)) /* until one has started */
		sched_yield();
	for (int i = 0; i < 100; i++) {
		stays[i].work.run = stay_run;
		pool_submit(pool, POOL_BULK, &stays[i].work);
	}
	pool_submit(pool, POOL_BULK, &bulk.work);
	pool_submit(pool, POOL_PROMPT, &prompt.work);
	while (prompt.runs < 100)
		sched_yield();
	ck_assert(pool_is_waiting(pool, POOL_BULK));
	ck_assert(!pool_is_idle(pool, POOL_BULK));
	ck_assert(!pool_is_waiting(pool, POOL_PROMPT));
	ck_assert_int_eq(bulk.runs, 0);
	let_go = true;
	ck_assert(pool_free(pool));
	ck_assert_int_eq(bulk.runs, 1);
}
END_TEST

/* One iterates while another formats, on one processor too. */
START_TEST(two_at_once_of_each_class)
{
	struct stay stays[2 * POOL_CLASSES] = {0};

	pool = pool_create();
	for (int i = 0; i < 2 * POOL_CLASSES; i++) {
		stays[i].work.run = stay_run;
		pool_submit(pool, i / 2, &stays[i].work);
	}
	for (int i = 0; i < 2 * POOL_CLASSES; i++)
		while (!stays[i].running)
			sched_yield();
	let_go = true;
	ck_assert(pool_free(pool));
}
END_TEST

/* Work that has the other class do more. */
struct relay {
	struct work work;
	struct turns *next;
};

static void relay_run(struct work *work)
{
	struct relay *relay = (struct relay *)work;

	usleep(1000); /* the workers of the other class have looked for work meanwhile */
	pool_submit(pool, relay->next->class, &relay->next->work);
}

START_TEST(ends_when_what_came_of_it_is_done)
{
	struct turns turns[POOL_CLASSES] = {0};
	struct relay relays[POOL_CLASSES] = {0};

	pool = pool_create();
	for (int i = 0; i < POOL_CLASSES; i++) {
		turns[i] = (struct turns){.work.run = turn, .class = i, .left = 1};
		relays[i] = (struct relay){.work.run = relay_run, .next = &turns[i]};
		pool_submit(pool, POOL_CLASSES - 1 - i, &relays[i].work);
	}
	ck_assert(pool_free(pool));
	for (int i = 0; i < POOL_CLASSES; i++)
		ck_assert_int_eq(turns[i].runs, 1);
}
END_TEST

/* Those that take turns each get theirs: a short one isn't behind all of a long one. */
START_TEST(turns_are_taken)
{
	struct turns turns[10] = {0};
	struct stay stays[64] = {0};

	pool = pool_create();
	for (int i = 0; i < 64; i++) { /* so that all of them are queued before one runs */
		stays[i].work.run = stay_run;
		pool_submit(pool, POOL_BULK, &stays[i].work);
	}
	for (int i = 0; i < 10; i++) {
		turns[i] = (struct turns){
			.work.run = turn, .class = POOL_BULK, .left = i ? 5 : 100000};
		pool_submit(pool, POOL_BULK, &turns[i].work);
	}
	let_go = true;
	for (int i = 1; i < 10; i++)
		while (turns[i].runs < 5)
			sched_yield();
	ck_assert_int_lt(turns[0].runs, 100000);
	ck_assert(pool_free(pool));
	ck_assert_int_eq(turns[0].runs, 100000);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {ends_when_all_is_done,
				      ends_when_what_came_of_it_is_done,
				      nothing_to_do,
				      prompt_work_never_waits_for_bulk_work,
				      two_at_once_of_each_class,
				      turns_are_taken,
				      NULL};

	return run_tests("pool", tests);
}
