// SPDX-License-Identifier: GPL-2.0-only
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "explain.h"

#define PAGE 4096

static const char *folder = "/var/tmp";

void spool_set_folder(const char *path)
{
	folder = path;
}

void spool_init(struct spool *spool)
{
	*spool = (struct spool){.file = -1};
}

bool spool_is_file(const struct spool *spool)
{
	return spool->file >= 0;
}

void spool_free(struct spool *spool)
{
	buffer_free(&spool->memory);
	if (spool_is_file(spool))
		close(spool->file);
	spool_init(spool);
}

static int file_write(int file, const char *bytes, size_t size, uint64_t offset)
{
	while (size) {
		ssize_t done = pwrite(file, bytes, size, (off_t)offset);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return explain(-errno, "free some room or mount with -o spool=DIR",
				       "no room for a large table in %s", folder);
		bytes += done;
		size -= (size_t)done;
		offset += (uint64_t)done;
	}
	return 0;
}

/* When that fails, what is in memory stays there. */
static int spool_move_to_file(struct spool *spool)
{
	int error, file = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);

	if (file < 0) /* read-only, or a file system without unnamed files */
		file = memfd_create("bpfview", MFD_CLOEXEC);
	if (file < 0)
		return -errno;
	error = file_write(file, spool->memory.data, spool->memory.size, 0);
	if (error) {
		close(file);
		return error;
	}
	buffer_free(&spool->memory);
	spool->file = file;
	return 0;
}

int spool_write(const struct spool *spool, const void *bytes, size_t size)
{
	return file_write(spool->file, bytes, size, spool->size);
}

void spool_extend(struct spool *spool, size_t size)
{
	spool->size += size;
}

int spool_append(struct spool *spool, const void *bytes, size_t size)
{
	int error = 0;

	if (!spool_is_file(spool) && spool->size + size > SPOOL_MEMORY)
		error = spool_move_to_file(spool);
	if (error)
		return error;
	if (spool_is_file(spool)) {
		error = spool_write(spool, bytes, size);
	} else {
		buffer_put(&spool->memory, bytes, size);
		error = spool->memory.failed ? -ENOMEM : 0;
	}
	if (!error)
		spool_extend(spool, size);
	return error;
}

ssize_t spool_read(const struct spool *spool, uint64_t offset, size_t size, void *copy,
		   const void **bytes)
{
	ssize_t done;

	if (offset >= spool->size)
		return 0;
	if (size > spool->size - offset)
		size = (size_t)(spool->size - offset);
	if (!spool_is_file(spool)) {
		*bytes = spool->memory.data + offset;
		return (ssize_t)size;
	}
	*bytes = copy;
	for (size_t have = 0; have < size; have += (size_t)done) {
		done = pread(spool->file, (char *)copy + have, size - have, (off_t)(offset + have));
		if (done <= 0)
			return done ? -errno : -EIO;
	}
	return (ssize_t)size;
}

int spool_pad(struct spool *spool)
{
	char blanks[PAGE];
	size_t more = (PAGE - spool->size % PAGE) % PAGE;
	int error;

	if (!more)
		return 0;
	memset(blanks, ' ', more);
	blanks[more] = '\n'; /* the last line's, which moves to the end of the page */
	if (spool_is_file(spool)) {
		error = file_write(spool->file, blanks, more + 1, spool->size - 1);
	} else {
		spool->memory.size--;
		buffer_put(&spool->memory, blanks, more + 1);
		error = spool->memory.failed ? -ENOMEM : 0;
	}
	if (!error)
		spool->size += more;
	return error;
}
