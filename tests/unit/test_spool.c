// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool.h"
#include "tables.h"

static char letter(uint64_t offset)
{
	return (char)('a' + (offset * offset + offset / 4096) % 26);
}

static void append(struct spool *spool, size_t size)
{
	char *bytes = malloc(size + 1);

	for (size_t i = 0; i < size; i++)
		bytes[i] = letter(spool->size + i);
	ck_assert_int_eq(spool_append(spool, bytes, size), 0);
	free(bytes);
}

static void check_read(const struct spool *spool, uint64_t offset, size_t size)
{
	uint64_t left = offset < spool->size ? spool->size - offset : 0;
	char *copy = malloc(size + 1);
	const void *bytes = NULL;
	ssize_t got = spool_read(spool, offset, size, copy, &bytes);

	ck_assert_int_eq(got, (ssize_t)(size < left ? size : left));
	for (ssize_t i = 0; i < got; i++)
		if (((const char *)bytes)[i] != letter(offset + (uint64_t)i))
			ck_abort_msg("another byte at %zu", (size_t)offset + (size_t)i);
	free(copy);
}

static void check_reads(const struct spool *spool)
{
	check_read(spool, 0, spool->size);
	check_read(spool, 0, spool->size + 100000);
	check_read(spool, spool->size, 1);
	check_read(spool, spool->size + 1, 4096);
	check_read(spool, UINT64_MAX - 4096, 4096);
	for (int i = 0; i < 200; i++)
		check_read(spool, (uint64_t)rand() % (spool->size + 100), (size_t)rand() % 10000);
}

START_TEST(small_stays_in_memory)
{
	struct spool spool;

	spool_init(&spool);
	check_reads(&spool);
	append(&spool, 0);
	append(&spool, 1);
	append(&spool, 5000);
	append(&spool, SPOOL_MEMORY - 5001);
	ck_assert_int_eq(spool.file, -1);
	ck_assert_uint_eq(spool.size, SPOOL_MEMORY);
	check_reads(&spool);
	spool_free(&spool);
	spool_free(&spool);
}
END_TEST

static void check_large(void)
{
	struct stat attributes;
	struct spool spool;

	spool_init(&spool);
	append(&spool, SPOOL_MEMORY - 10);
	append(&spool, 11);
	ck_assert_int_ge(spool.file, 0);
	ck_assert_ptr_null(spool.memory.data);
	append(&spool, 3000000);
	append(&spool, 0);
	check_reads(&spool);
	ck_assert_int_eq(fstat(spool.file, &attributes), 0);
	ck_assert_uint_eq((uint64_t)attributes.st_size, spool.size);
	ck_assert_int_eq(attributes.st_nlink, 0); /* no one else can open it */
	spool_free(&spool);
}

START_TEST(large_moves_to_a_file)
{
	char folder[] = "/tmp/bpfview-test.XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(folder));
	check_large();
	spool_set_folder(folder);
	check_large();
	ck_assert_int_eq(rmdir(folder), 0); /* nothing is in it */
}
END_TEST

START_TEST(at_once_larger_than_memory)
{
	struct spool spool;

	spool_init(&spool);
	append(&spool, SPOOL_MEMORY + 1);
	ck_assert_int_ge(spool.file, 0);
	check_reads(&spool);
	spool_free(&spool);
}
END_TEST

/* What is written beyond the end is no part of it yet. */
START_TEST(written_and_then_extended)
{
	char bytes[10000];
	struct spool spool;

	spool_init(&spool);
	append(&spool, SPOOL_MEMORY);
	ck_assert(!spool_is_file(&spool));
	append(&spool, 100);
	ck_assert(spool_is_file(&spool));
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = letter(spool.size + i);
	ck_assert_int_eq(spool_write(&spool, bytes, sizeof(bytes)), 0);
	ck_assert_uint_eq(spool.size, SPOOL_MEMORY + 100);
	check_reads(&spool);
	spool_extend(&spool, sizeof(bytes));
	append(&spool, 100);
	ck_assert_uint_eq(spool.size, SPOOL_MEMORY + 100 + sizeof(bytes) + 100);
	check_reads(&spool);
	spool_free(&spool);
}
END_TEST

START_TEST(no_folder)
{
	spool_set_folder("/nowhere/at/all");
	check_large();
	spool_set_folder("/proc"); /* no unnamed files there */
	check_large();
}
END_TEST

/* Appends a mebibyte at a time. The limit of a file's size stands for a full disk. */
static int append_until_full(struct spool *spool, size_t room)
{
	char *bytes = malloc(1 << 20);
	struct rlimit before, limit;
	int error = 0;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	limit = (struct rlimit){room, before.rlim_max};
	setrlimit(RLIMIT_FSIZE, &limit);
	for (int i = 0; i < 10 && !error; i++) {
		for (size_t j = 0; j < 1 << 20; j++)
			bytes[j] = letter(spool->size + j);
		error = spool_append(spool, bytes, 1 << 20);
	}
	setrlimit(RLIMIT_FSIZE, &before); /* the framework writes a file as well */
	free(bytes);
	return error;
}

static void check_full(size_t room, size_t first, uint64_t size)
{
	struct explanation words;
	struct spool spool;

	spool_init(&spool);
	append(&spool, first);
	ck_assert_int_eq(append_until_full(&spool, room), -EFBIG);
	explain_take(&words);
	ck_assert_ptr_nonnull(strstr(words.message, "no room"));
	ck_assert_ptr_nonnull(strstr(words.hint, "spool="));
	ck_assert_uint_eq(spool.size, size);
	check_reads(&spool); /* what there was is there still */
	spool_free(&spool);
}

START_TEST(full_disk)
{
	check_full(5 << 20, 0, 5 << 20);
	check_full((5 << 20) + 1234, 100, (5 << 20) + 100);
	check_full(5000, SPOOL_MEMORY, SPOOL_MEMORY); /* none for what was in memory, either */
}
END_TEST

/* The last line is lengthened to the end of the page. */
static void check_pad(size_t size)
{
	char *bytes = malloc(size), *copy;
	const void *padded;
	struct spool spool;

	memset(bytes, 'x', size);
	bytes[size - 1] = '\n';
	spool_init(&spool);
	ck_assert_int_eq(spool_append(&spool, bytes, size), 0);
	ck_assert_int_eq(spool_pad(&spool), 0);
	ck_assert_uint_eq(spool.size, (size + 4095) / 4096 * 4096);
	copy = malloc(spool.size);
	ck_assert_int_eq(spool_read(&spool, 0, spool.size, copy, &padded), (ssize_t)spool.size);
	for (size_t i = 0; i < spool.size; i++)
		if (((const char *)padded)[i] != (i == spool.size - 1 ? '\n'
						  : i < size - 1      ? 'x'
								      : ' '))
			ck_abort_msg("%zu bytes: another one at %zu", size, i);
	spool_free(&spool);
	free(copy);
	free(bytes);
}

START_TEST(pads)
{
	struct spool spool;

	for (size_t size = 1; size<4096 * 3; size += size % 4096> 2 && size % 4096 < 4090 ? 41 : 1)
		check_pad(size);
	check_pad(SPOOL_MEMORY - 5);
	check_pad(SPOOL_MEMORY);
	check_pad(SPOOL_MEMORY + 1);
	check_pad(SPOOL_MEMORY * 2 - 4095);
	spool_init(&spool);
	ck_assert_int_eq(spool_pad(&spool), 0);
	ck_assert_uint_eq(spool.size, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {small_stays_in_memory,
				      large_moves_to_a_file,
				      at_once_larger_than_memory,
				      written_and_then_extended,
				      no_folder,
				      full_disk,
				      pads,
				      NULL};

	return run_tests("spool", tests);
}
