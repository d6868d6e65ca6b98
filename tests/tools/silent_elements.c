// SPDX-License-Identifier: GPL-2.0-only
/*
 * silent_elements OBJECT COUNT [INDEX]...: makes an array of COUNT numbers, those of each INDEX not
 * 0, and reads the iterator of silent_elements.bpf.o over it, which gives these alone, as the
 * daemon reads one. Prints a line `INDEX VALUE` for each row, and how often the kernel said EAGAIN
 * to who reads the iterator plainly: after each million of objects without a row.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iterator.h"
#include "schema.h"
#include "source.h"

static int make_link(const char *path, unsigned int count, struct bpf_map **map)
{
	struct bpf_object *object = bpf_object__open(path);
	union bpf_iter_link_info target = {};
	LIBBPF_OPTS(bpf_iter_attach_opts, options, .link_info = &target,
		    .link_info_len = sizeof(target));
	struct bpf_link *link;

	if (!object)
		err(1, "%s", path);
	*map = bpf_object__next_map(object, NULL);
	bpf_map__set_max_entries(*map, count);
	if (bpf_object__load(object))
		err(1, "load");
	target.map.map_fd = (__u32)bpf_map__fd(*map);
	link = bpf_program__attach_iter(bpf_object__next_program(object, NULL), &options);
	if (!link)
		err(1, "link");
	return bpf_link__fd(link);
}

static int open_iterator(int link)
{
	int iterator = bpf_iter_create(link);

	if (iterator < 0)
		err(1, "iterator");
	return iterator;
}

static void print_rows(int link)
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
	explain_take(&words);
	if (filled)
		errx(1, "%s: %s", strerror((int)-filled), words.message);
	source_free(source);
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
	struct bpf_map *map;
	int link;

	if (argc < 3)
		errx(2, "usage: silent_elements OBJECT COUNT [INDEX]...");
	link = make_link(argv[1], (unsigned int)strtoul(argv[2], NULL, 10), &map);
	for (int i = 3; i < argc; i++) {
		__u32 index = (__u32)strtoul(argv[i], NULL, 10), value = (__u32)i;

		if (bpf_map_update_elem(bpf_map__fd(map), &index, &value, BPF_ANY))
			err(1, "element %u", index);
	}
	print_rows(link);
	printf("retries %u\n", count_retries(link));
	return 0;
}
