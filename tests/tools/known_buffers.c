/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known_buffers COUNT: so many DMA buffers, made by /dev/udmabuf, of a page more each, named
 * known.0, known.1 ... Prints the inode and size of each and `ready`, and stays until standard
 * input ends.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <linux/udmabuf.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void make_buffer(int device, long number)
{
	struct udmabuf_create create = {.size = (__u64)(number + 1) * 4096};
	int memory = memfd_create("known", MFD_ALLOW_SEALING), buffer;
	char name[32];
	struct stat status;

	if (memory < 0 || ftruncate(memory, (off_t)create.size) ||
	    fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK))
		err(1, "memfd_create");
	create.memfd = (__u32)memory;
	create.flags = UDMABUF_FLAGS_CLOEXEC;
	buffer = ioctl(device, UDMABUF_CREATE, &create);
	if (buffer < 0)
		err(1, "UDMABUF_CREATE");
	snprintf(name, sizeof(name), "known.%ld", number);
	if (ioctl(buffer, DMA_BUF_SET_NAME_B, name) || fstat(buffer, &status))
		err(1, "DMA_BUF_SET_NAME");
	close(memory);
	printf("%lu %llu udmabuf %s\n", (unsigned long)status.st_ino,
	       (unsigned long long)create.size, name);
}

int main(int count, char **arguments)
{
	int device = open("/dev/udmabuf", O_RDWR);
	char bytes[64];

	if (count != 2)
		errx(1, "usage: known_buffers COUNT");
	if (device < 0)
		err(1, "/dev/udmabuf");
	for (long i = 0; i < strtol(arguments[1], NULL, 10); i++)
		make_buffer(device, i);
	puts("ready");
	fflush(stdout);
	while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		;
	return 0;
}
