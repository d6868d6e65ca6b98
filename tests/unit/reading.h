/* SPDX-License-Identifier: GPL-2.0-only */
/* What tests of readers share: a fake source, and requests that wait for their answers. */
#ifndef BPFVIEW_TESTS_READING_H
#define BPFVIEW_TESTS_READING_H

#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "pool.h"
#include "reader.h"
#include "source.h"
#include "tables.h"

struct row {
	uint64_t number, square;
	char name[48];
};

/* Bytes of a row as CSV. */
#define ROW_LEAST 8
#define ROW_MOST  64

/* A source of rows that count. Set what is above the line; the rest is for the test to look at. */
struct fake {
	struct source source;
	uint64_t rows;
	uint64_t most; /* in a batch; 0: what there is room for */
	size_t batch; /* that it asks for */
	int error; /* after the rows: a negative errno */
	bool cut; /* the last batch ends within a row */
	bool waits; /* fills wait until it is let go */
	unsigned int holds; /* the fill that waits and has those after it wait; 0: none */
	unsigned int slow; /* ms that each fill takes */
	bool whole; /* to be made before it is read */
	_Atomic uint64_t pause; /* EAGAIN once after so many rows */
	/* --- */
	uint64_t given;
	size_t room;
	_Atomic int inside, freed;
	_Atomic unsigned int fills;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static struct column row_columns[] = {
	{.name = "number", .kind = &kind_unsigned, .offset = 0, .size = 8},
	{.name = "square", .kind = &kind_unsigned, .offset = 8, .size = 8},
	{.name = "name", .kind = &kind_chars, .offset = 16, .size = 48},
};

static const struct schema row_schema = {
	.columns = row_columns,
	.count = 3,
	.row_size = sizeof(struct row),
};

static inline ssize_t fake_rows(struct fake *fake, struct row *rows, size_t room)
{
	size_t count = 0;

	for (; fake->given < fake->rows && count < room; count++, fake->given++) {
		rows[count] = (struct row){fake->given, fake->given * fake->given, "row"};
		if (fake->pause && fake->given == fake->pause) {
			if (count)
				break;
			fake->pause = 0;
			return -EAGAIN;
		}
	}
	if (fake->cut && fake->given == fake->rows && count) {
		fake->cut = false;
		return (ssize_t)(count * sizeof(struct row) - 1);
	}
	if (!count && fake->error)
		return explain(fake->error, "do this", "it broke after %d rows", (int)fake->rows);
	return (ssize_t)(count * sizeof(struct row));
}

static inline ssize_t fake_fill(struct source *source, void *records, size_t size)
{
	struct fake *fake = (struct fake *)source;
	size_t room = size / sizeof(struct row);
	ssize_t filled;

	ck_assert_int_eq(fake->inside++, 0); /* one thread at a time */
	ck_assert_int_eq(fake->freed, 0);
	pthread_mutex_lock(&lock);
	if (++fake->fills == fake->holds)
		fake->waits = true;
	pthread_cond_broadcast(&changed);
	while (fake->waits)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	if (fake->slow)
		usleep(fake->slow * 1000);
	fake->room = size;
	filled = fake_rows(fake, records, fake->most && fake->most < room ? fake->most : room);
	fake->inside--;
	return filled;
}

static inline void fake_free(struct source *source)
{
	struct fake *fake = (struct fake *)source;

	ck_assert_int_eq(fake->inside, 0);
	fake->freed++;
}

static const struct source_operations fake_operations = {
	.fill = fake_fill,
	.free = fake_free,
};

static inline struct source *fake_source(struct fake *fake)
{
	fake->source = (struct source){.operations = &fake_operations,
				       .schema = &row_schema,
				       .batch = fake->batch,
				       .whole = fake->whole};
	return &fake->source;
}

static inline void fake_hold(struct fake *fake, bool waits)
{
	pthread_mutex_lock(&lock);
	fake->waits = waits;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

/* Until it is in its fill of that number. */
static inline void fake_await(struct fake *fake, unsigned int fills)
{
	pthread_mutex_lock(&lock);
	while (fake->fills < fills)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

/* A request, and what became of it. */
struct asked {
	struct reader_wait wait;
	int answers, error;
	unsigned int turn; /* the how manyth answer it was */
	struct buffer bytes;
	uint64_t whole;
	struct explanation words;
};

static unsigned int turns;

static inline void asked_done(struct reader_wait *wait, const struct reader_answer *answer)
{
	struct asked *asked = (struct asked *)wait;

	pthread_mutex_lock(&lock);
	asked->answers++;
	asked->turn = ++turns;
	asked->error = answer->error;
	asked->whole = answer->whole;
	if (answer->error && answer->words)
		asked->words = *answer->words;
	if (!answer->error)
		buffer_put(&asked->bytes, answer->bytes, answer->size);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static inline void ask(struct reader *reader, struct asked *asked, uint64_t offset, size_t size)
{
	asked->wait.key = asked;
	asked->wait.done = asked_done;
	reader_read(reader, &asked->wait, offset, size);
}

static inline bool is_answered(const struct asked *asked)
{
	bool answered;

	pthread_mutex_lock(&lock);
	answered = asked->answers != 0;
	pthread_mutex_unlock(&lock);
	return answered;
}

static inline void wait_for(const struct asked *asked)
{
	pthread_mutex_lock(&lock);
	while (!asked->answers)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	ck_assert_int_eq(asked->answers, 1);
}

static inline uint64_t ask_size(struct reader *reader)
{
	struct asked asked = {.wait.done = asked_done};

	reader_size(reader, &asked.wait);
	wait_for(&asked);
	ck_assert_int_eq(asked.error, 0);
	return asked.whole;
}

/* In steps, to the end. */
static inline struct buffer read_all(struct reader *reader, size_t step)
{
	struct buffer bytes = {0};

	for (;;) {
		struct asked asked = {0};
		size_t got;

		ask(reader, &asked, bytes.size, step);
		wait_for(&asked);
		ck_assert_int_eq(asked.error, 0);
		got = asked.bytes.size;
		buffer_put(&bytes, asked.bytes.data, got);
		buffer_free(&asked.bytes);
		if (got < step)
			return bytes;
	}
}

static inline void expect_rows(struct buffer *out, uint64_t rows)
{
	buffer_put_string(out, "number,square,name\n");
	for (uint64_t i = 0; i < rows; i++)
		buffer_printf(out, "%" PRIu64 ",%" PRIu64 ",row\n", i, i * i);
}

#endif
