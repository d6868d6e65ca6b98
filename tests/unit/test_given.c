// SPDX-License-Identifier: GPL-2.0-only
/* What has had its row: in another walk, or in the fill before. */
#include <check.h>
#include <errno.h>
#include <string.h>

#include "element_once.h"
#include "explain.h"
#include "given.h"
#include "source.h"
#include "tables.h"

static void check_words(const char *words)
{
	struct explanation explanation;

	explain_take(&explanation);
	ck_assert_ptr_nonnull(strstr(explanation.message, words));
}

START_TEST(knows_what_walks_before_gave)
{
	struct given given = {0};

	for (uint64_t i = 1000; i > 0; i--)
		ck_assert_int_eq(given_add(&given, i * i), 0);
	ck_assert(!given_before(&given, 4)); /* in this one */
	ck_assert_int_eq(given_walk_again(&given), 0);
	for (uint64_t i = 1; i <= 1000; i++) {
		ck_assert(given_before(&given, i * i));
		ck_assert(!given_before(&given, i * i + 1));
	}
	ck_assert_int_eq(given_add(&given, 2), 0);
	ck_assert(!given_before(&given, 2));
	ck_assert_int_eq(given_walk_again(&given), 0);
	ck_assert(given_before(&given, 2));
	ck_assert(given_before(&given, 1000000));
	given_free(&given);
}
END_TEST

START_TEST(gives_up_after_many_walks)
{
	struct given given = {0};
	int walks = 0;

	while (!given_walk_again(&given))
		ck_assert_int_lt(++walks, 1000);
	check_words("faster than they can be listed");
	given_free(&given);
}
END_TEST

/* Each fill is of three records: a key of 4 bytes and a value. */
struct script {
	struct source source;
	const __u32 (*fills)[6];
	int count, next;
};

static ssize_t script_fill(struct source *source, void *records, size_t size)
{
	struct script *script = (struct script *)source;

	ck_assert_uint_ge(size, sizeof(script->fills[0]));
	if (script->next == script->count)
		return -EIO;
	memcpy(records, script->fills[script->next++], sizeof(script->fills[0]));
	return sizeof(script->fills[0]);
}

static void script_free(struct source *source)
{
	((struct script *)source)->count = -1;
}

static const struct source_operations script_operations = {script_fill, script_free};

static struct source *open_once(struct script *script, const __u32 (*fills)[6], int count)
{
	struct source *source = &script->source;

	*script = (struct script){{&script_operations, NULL, 0}, fills, count, 0};
	ck_assert_int_eq(element_once_source(4, 8, &source), 0);
	return source;
}

static void check_fill(struct source *source, const __u32 *expected, size_t count)
{
	__u32 records[SOURCE_BATCH / sizeof(__u32)];

	ck_assert_int_eq(source_fill(source, records, sizeof(records)),
			 (ssize_t)(count * sizeof(*expected)));
	ck_assert_mem_eq(records, expected, count * sizeof(*expected));
}

START_TEST(leaves_out_what_comes_again)
{
	static const __u32 fills[][6] = {
		{7, 1, 300, 2, 5, 3}, {9, 4, 300, 5, 8, 6}, {7, 7, 5, 8, 9, 9}};
	struct script script;
	struct source *source = open_once(&script, fills, 3);

	check_fill(source, fills[0], 6);
	check_fill(source, (__u32[]){9, 4, 8, 6}, 4); /* the value is no part of a key */
	check_fill(source, (__u32[]){7, 7, 5, 8}, 4); /* one that came earlier is another */
	ck_assert_int_eq(source_fill(source, (char[SOURCE_BATCH]){0}, SOURCE_BATCH), -EIO);
	source_free(source);
	ck_assert_int_eq(script.count, -1);
}
END_TEST

START_TEST(does_not_go_round_in_circles)
{
	static const __u32 fills[][6] = {{1, 0, 2, 0, 3, 0}, {3, 0, 1, 0, 2, 0}};
	struct script script;
	struct source *source = open_once(&script, fills, 2);

	check_fill(source, fills[0], 6);
	ck_assert_int_eq(source_fill(source, (char[SOURCE_BATCH]){0}, SOURCE_BATCH), -E2BIG);
	check_words("same hash");
	source_free(source);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {knows_what_walks_before_gave, gives_up_after_many_walks,
				      leaves_out_what_comes_again, does_not_go_round_in_circles,
				      NULL};

	return run_tests("given", tests);
}
