// SPDX-License-Identifier: GPL-2.0-only
/*
 * odd_iterators OBJECT PROGRAM COUNT [INDEX]...: makes an array of COUNT numbers, those of each
 * INDEX not 0, and reads over it an iterator of odd_iterators.bpf.o as the daemon does. Prints a
 * line `INDEX VALUE` for each row, and a line `errno: words` when it fails, or how often the kernel
 * said EAGAIN to who reads the iterator plainly: after each million of objects without a row.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iterator.h"
#include "schema.h"
#include "source.h"

/* The array is the object's first map. */
static int make_link(const char *path, const char *name, unsigned int count, int *map)
{
	struct bpf_object *object = bpf_object__open(path);
	struct bpf_map *numbers = object ? bpf_object__next_map(object, NULL) : NULL;
	struct bpf_program *program =
		object ? bpf_object__find_program_by_name(object, name) : NULL;
	union bpf_iter_link_info target = {};
	LIBBPF_OPTS(bpf_iter_attach_opts, options, .link_info = &target,
		    .link_info_len = sizeof(target));
	struct bpf_link *link;
	int descriptor;

	if (!program || bpf_map__set_max_entries(numbers, count) || bpf_object__load(object))
		err(1, "%s of %s", name, path);
	*map = bpf_map__fd(numbers);
	target.map.map_fd = (__u32)*map;
	link = bpf_program__attach_iter(program, &options);
	if (!link)
		err(1, "link");
	descriptor = dup(bpf_link__fd(link));
	bpf_link__destroy(link);
	return descriptor;
}

static int open_iterator(int link)
{
	int iterator = bpf_iter_create(link);

	if (iterator < 0)
		err(1, "iterator");
	return iterator;
}

/* Whether all was read. */
static bool print_rows(int link)
{
	static const struct schema schema = {.row_size = 2 * sizeof(__u32)};
	__u32 rows[SOURCE_BATCH / sizeof(__u32)];
	struct explanation words;
	struct source *source;
	ssize_t filled = iterator_source_create(open_iterator(link), &schema, NULL, &source);

	if (filled)
		errx(1, "source: %s", strerror((int)-filled));
	while ((filled = source_fill(source, rows, sizeof(rows))) > 0)
		for (size_t i = 0; i < (size_t)filled / sizeof(*rows); i += 2)
			printf("%u %u\n", rows[i], rows[i + 1]);
	source_free(source);
	if (!filled)
		return true;
	explain_take(&words);
	printf("%s: %s\n", strerrorname_np((int)-filled), words.message);
	return false;
}

static unsigned int count_retries(int link)
{
	int iterator = open_iterator(link);
	unsigned int retries = 0;
	char rows[SOURCE_BATCH];
	ssize_t got;

	do {
		got = read(iterator, rows, sizeof(rows));
		retries += got < 0 && errno == EAGAIN;
	} while (got > 0 || (got < 0 && errno == EAGAIN));
	close(iterator);
	return retries;
}

int main(int argc, char **argv)
{
	int link, map;

	if (argc < 4)
		errx(2, "usage: odd_iterators OBJECT PROGRAM COUNT [INDEX]...");
	link = make_link(argv[1], argv[2], (unsigned int)strtoul(argv[3], NULL, 10), &map);
	for (int i = 4; i < argc; i++) {
		__u32 index = (__u32)strtoul(argv[i], NULL, 10), value = (__u32)i - 3;

		if (bpf_map_update_elem(map, &index, &value, BPF_ANY))
			err(1, "element %u", index);
	}
	if (print_rows(link))
		printf("retries %u\n", count_retries(link));
	return 0;
}
