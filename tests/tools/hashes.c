// SPDX-License-Identifier: GPL-2.0-only
/*
 * hashes OBJECT: reads frames, one a line in hex, and prints of each the hash that the kernel makes
 * of its flow in the network namespace where this runs; `-` where a test run takes no such frame.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define FRAME_MOST 9216

static size_t frame_parse(const char *hex, uint8_t *frame)
{
	size_t size = 0;
	int digits;

	for (; size < FRAME_MOST && sscanf(hex, "%2hhx%n", &frame[size], &digits) == 1; size++)
		hex += digits;
	return size;
}

int main(int count, char **values)
{
	struct bpf_object *object = count == 2 ? bpf_object__open(values[1]) : NULL;
	static uint8_t frame[FRAME_MOST];
	char *line = NULL;
	size_t capacity = 0;

	if (!object || bpf_object__load(object))
		err(1, "usage: hashes OBJECT: it can't be loaded");
	while (getline(&line, &capacity, stdin) > 0) {
		struct bpf_test_run_opts options = {
			.sz = sizeof(options),
			.data_in = frame,
			.data_size_in = (uint32_t)frame_parse(line, frame),
		};
		struct bpf_program *program = bpf_object__next_program(object, NULL);

		if (bpf_prog_test_run_opts(bpf_program__fd(program), &options))
			puts("-");
		else
			printf("%08x\n", options.retval);
	}
	free(line);
	bpf_object__close(object);
	return 0;
}
