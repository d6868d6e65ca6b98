/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ways to read a file from its beginning to its end, as programs do. Each puts what it got into a
 * copy; any failure, or bytes that are not the same the second time, ends the program.
 */
#ifndef BPFVIEW_TESTS_READ_WAYS_H
#define BPFVIEW_TESTS_READ_WAYS_H

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define CHUNK 65536

/* What was read. */
struct copy {
	char *bytes;
	size_t size, capacity;
};

struct way {
	const char *name;
	void (*run)(int file, struct copy *copy);
	int flags; /* of open() */
	bool moves; /* the descriptor's position to the end */
};

static inline void copy_put(struct copy *copy, const char *bytes, size_t size)
{
	while (copy->capacity - copy->size < size) {
		copy->capacity = copy->capacity ? copy->capacity * 2 : 1 << 20;
		copy->bytes = realloc(copy->bytes, copy->capacity);
		if (!copy->bytes)
			err(1, NULL);
	}
	memcpy(copy->bytes + copy->size, bytes, size);
	copy->size += size;
}

static inline size_t file_size(int file)
{
	struct stat attributes;

	if (fstat(file, &attributes))
		err(1, "fstat");
	return (size_t)attributes.st_size;
}

static inline void read_by(int file, size_t step, struct copy *copy)
{
	char *chunk = malloc(step);
	ssize_t got;

	while ((got = read(file, chunk, step)) > 0)
		copy_put(copy, chunk, (size_t)got);
	if (got < 0)
		err(1, "read");
	free(chunk);
}

static inline void read_bytes(int file, struct copy *copy)
{
	read_by(file, 1, copy);
}

static inline void read_odd(int file, struct copy *copy)
{
	read_by(file, 4099, copy);
}

static inline void read_large(int file, struct copy *copy)
{
	read_by(file, 16 << 20, copy);
}

static inline void read_direct(int file, struct copy *copy)
{
	char *chunk = aligned_alloc(4096, CHUNK);
	ssize_t got;

	while ((got = read(file, chunk, CHUNK)) > 0)
		copy_put(copy, chunk, (size_t)got);
	if (got < 0)
		err(1, "read");
	free(chunk);
}

static inline void read_vectors(int file, struct copy *copy)
{
	char first[1], second[4095], third[70000];
	struct iovec parts[] = {
		{first, sizeof(first)}, {second, sizeof(second)}, {third, sizeof(third)}};
	ssize_t got;

	while ((got = readv(file, parts, 3)) > 0)
		for (int i = 0; got > 0; i++) {
			size_t size =
				parts[i].iov_len < (size_t)got ? parts[i].iov_len : (size_t)got;

			copy_put(copy, parts[i].iov_base, size);
			got -= (ssize_t)size;
		}
	if (got < 0)
		err(1, "readv");
}

/* Also as poll() and select() see it: a table is always readable. */
static inline void read_polled(int file, struct copy *copy)
{
	struct pollfd waited = {.fd = file, .events = POLLIN};
	fd_set set;

	FD_ZERO(&set);
	FD_SET(file, &set);
	if (poll(&waited, 1, 10000) != 1 || waited.revents != POLLIN)
		errx(1, "poll: %#x", (unsigned int)waited.revents);
	if (select(file + 1, &set, NULL, NULL, NULL) != 1 || !FD_ISSET(file, &set))
		errx(1, "select");
	read_by(file, CHUNK, copy);
}

static inline void check_end(int file, size_t size)
{
	char byte;

	if (pread(file, &byte, 1, (off_t)size) || pread(file, &byte, 1, (off_t)size + 1) ||
	    pread(file, &byte, 1, (off_t)size + 123456789) || pread(file, &byte, 1, 1LL << 41))
		errx(1, "there are bytes beyond the end");
}

/* Reads of random sizes, page-crossing and single bytes among them, at random offsets. */
static inline void read_random(int file, struct copy *copy)
{
	size_t size = file_size(file), pieces = size / CHUNK + 1;
	char *whole = malloc(size + 1), *chunk = malloc(CHUNK);
	ssize_t got;

	for (size_t i = 0; i < pieces; i++) { /* backwards */
		size_t offset = (pieces - 1 - i) * CHUNK;
		size_t want = size - offset < CHUNK ? size - offset : CHUNK;

		got = pread(file, whole + offset, CHUNK, (off_t)offset);
		if (got < 0 || (size_t)got != want)
			errx(1, "pread at %zu: %zd", offset, got);
	}
	for (int i = 0; i < 2000; i++) {
		size_t offset = (size_t)rand() % (size + 5000);
		size_t step = i % 3 ? (size_t)rand() % CHUNK : 1;
		size_t left = offset < size ? size - offset : 0;

		got = pread(file, chunk, step, (off_t)offset);
		if (got < 0 || (size_t)got != (step < left ? step : left))
			errx(1, "pread of %zu at %zu: %zd", step, offset, got);
		if (memcmp(chunk, whole + offset, (size_t)got))
			errx(1, "pread of %zu at %zu: other bytes", step, offset);
	}
	check_end(file, size);
	copy_put(copy, whole, size);
	free(whole);
	free(chunk);
}

/* By sendfile to a file, a piece at a time. */
static inline void read_sendfile(int file, struct copy *copy)
{
	int other = memfd_create("copy", MFD_CLOEXEC);
	ssize_t got;

	while ((got = sendfile(other, file, NULL, CHUNK)) > 0)
		;
	if (got < 0)
		err(1, "sendfile");
	lseek(other, 0, SEEK_SET);
	read_by(other, CHUNK, copy);
	close(other);
}

static inline void read_splice(int file, struct copy *copy)
{
	char *chunk = malloc(CHUNK);
	ssize_t got;
	int ends[2];

	if (pipe(ends))
		err(1, "pipe");
	while ((got = splice(file, NULL, ends[1], NULL, CHUNK, 0)) > 0)
		for (ssize_t left = got; left > 0; left -= got) {
			got = read(ends[0], chunk, (size_t)left);
			if (got <= 0)
				err(1, "pipe");
			copy_put(copy, chunk, (size_t)got);
		}
	if (got < 0)
		err(1, "splice");
	close(ends[0]);
	close(ends[1]);
	free(chunk);
}

static inline void read_copy_range(int file, struct copy *copy)
{
	int other = memfd_create("copy", MFD_CLOEXEC);
	ssize_t got;

	while ((got = copy_file_range(file, NULL, other, NULL, 1 << 20, 0)) > 0)
		;
	if (got < 0 && errno == EXDEV) { /* the kernel doesn't, between these file systems */
		close(other);
		read_sendfile(file, copy);
		return;
	}
	if (got < 0)
		err(1, "copy_file_range");
	lseek(other, 0, SEEK_SET);
	read_by(other, CHUNK, copy);
	close(other);
}

static inline void read_mapped(int file, int flags, struct copy *copy)
{
	size_t size = file_size(file);
	char *bytes = size ? mmap(NULL, size, PROT_READ, flags, file, 0) : NULL;

	if (bytes == MAP_FAILED)
		err(1, "mmap");
	copy_put(copy, bytes, size);
	if (size)
		munmap(bytes, size);
	check_end(file, size);
}

static inline void read_private(int file, struct copy *copy)
{
	read_mapped(file, MAP_PRIVATE, copy);
}

static inline void read_shared(int file, struct copy *copy)
{
	read_mapped(file, MAP_SHARED, copy);
}

static inline void read_seek(int file, struct copy *copy)
{
	off_t end = lseek(file, 0, SEEK_END);

	if (end < 0 || (size_t)end != file_size(file))
		errx(1, "SEEK_END: %lld", (long long)end);
	if (lseek(file, 0, SEEK_DATA) || lseek(file, 0, SEEK_HOLE) != end)
		errx(1, "SEEK_DATA, SEEK_HOLE");
	lseek(file, 0, SEEK_SET);
	read_by(file, CHUNK, copy);
	if (lseek(file, 0, SEEK_CUR) != end)
		errx(1, "SEEK_CUR");
}

#define WAYS 14
static const struct way ways[WAYS] = {
	{"bytes", read_bytes, 0, true},
	{"odd", read_odd, 0, true},
	{"large", read_large, 0, true},
	{"nonblock", read_odd, O_NONBLOCK, true},
	{"direct", read_direct, O_DIRECT, true},
	{"readv", read_vectors, 0, true},
	{"poll", read_polled, 0, true},
	{"pread", read_random, 0, false},
	{"sendfile", read_sendfile, 0, true},
	{"splice", read_splice, 0, true},
	{"copy_file_range", read_copy_range, 0, true},
	{"private", read_private, 0, false},
	{"shared", read_shared, 0, false},
	{"seek", read_seek, 0, true},
};

/* Reads file, which is at its beginning; the end has to be where fstat() says that it is. */
static inline void way_run(const struct way *way, int file, struct copy *copy)
{
	copy->size = 0;
	way->run(file, copy);
	if (copy->size != file_size(file))
		errx(1, "%s: %zu bytes of %zu", way->name, copy->size, file_size(file));
	if (way->moves && (size_t)lseek(file, 0, SEEK_CUR) != copy->size)
		errx(1, "%s: not at the end after it", way->name);
}

#endif
