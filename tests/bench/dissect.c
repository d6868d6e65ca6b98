// SPDX-License-Identifier: GPL-2.0-only
/*
 * The same capture in turn through dissect/input, rows read back as text, and through a bare loop
 * of one BPF_PROG_TEST_RUN a packet with the same object. Prints what print_pairs() says.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <err.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "samples.h"

enum {
	BUFFER = 1 << 20,
	LONGEST_PACKET = 4096,
	PCAP_HEADER = 24,
	PACKET_HEADER = 16
};

struct capture {
	const char *bytes;
	size_t size;
	long packets;
};

static long count_packets(const struct capture *capture)
{
	long count = 0;

	for (size_t at = PCAP_HEADER; at < capture->size; count++)
		at += PACKET_HEADER + *(const uint32_t *)(capture->bytes + at + 8);
	return count;
}

static struct capture open_capture(const char *path)
{
	int fd = open(path, O_RDONLY);
	struct capture capture = {0};
	struct stat stat;

	if (fd < 0 || fstat(fd, &stat))
		err(1, "%s", path);
	capture.size = stat.st_size;
	capture.bytes = mmap(NULL, capture.size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (capture.bytes == MAP_FAILED)
		err(1, "%s", path);
	close(fd);
	capture.packets = count_packets(&capture);
	return capture;
}

static int load_dissector(const char *path)
{
	struct bpf_object *object = bpf_object__open(path);
	struct bpf_program *program;

	if (!object || bpf_object__load(object))
		err(1, "%s", path);
	bpf_object__for_each_program(
		program, object) if (bpf_program__type(program) ==
				     BPF_PROG_TYPE_FLOW_DISSECTOR) return bpf_program__fd(program);
	errx(1, "%s: no flow dissector", path);
}

static double time_exchange(const char *path, const struct capture *capture)
{
	static char buffer[BUFFER];
	double start = now_ms();
	int fd = open(path, O_RDWR);
	long rows = -1; /* the header */
	ssize_t size;

	for (size_t at = 0; at < capture->size; at += size) {
		size_t rest = capture->size - at;

		size = write(fd, capture->bytes + at, rest < BUFFER ? rest : BUFFER);
		if (size <= 0)
			err(1, "%s: write", path);
	}
	while ((size = read(fd, buffer, BUFFER)) > 0)
		for (char *at = buffer; (at = memchr(at, '\n', buffer + size - at)); at++)
			rows++;
	close(fd);
	if (size || rows != capture->packets)
		errx(1, "%s: %ld rows for %ld packets", path, rows, capture->packets);
	return now_ms() - start;
}

static double time_loop(int program, const struct capture *capture)
{
	double start = now_ms();

	for (size_t at = PCAP_HEADER; at < capture->size;) {
		uint32_t size = *(const uint32_t *)(capture->bytes + at + 8);
		struct bpf_flow_keys keys;
		struct bpf_test_run_opts options = {
			.sz = sizeof(options),

			.data_in = capture->bytes + at + PACKET_HEADER,
			.data_size_in = size < LONGEST_PACKET ? size : LONGEST_PACKET,
			.data_out = &keys,
			.data_size_out = sizeof(keys),
		};

		if (bpf_prog_test_run_opts(program, &options))
			err(1, "test run");
		at += PACKET_HEADER + size;
	}
	return now_ms() - start;
}

int main(int argc, char **argv)
{
	int rounds = argc == 5 ? atoi(argv[1]) : 0;

	if (rounds < 1)
		errx(2, "usage: dissect ROUNDS INPUT CAPTURE OBJECT");

	double ours[rounds], theirs[rounds];
	struct capture capture = open_capture(argv[3]);
	int program = load_dissector(argv[4]);

	time_exchange(argv[2], &capture); /* the first loads and warms */
	for (int i = 0; i < rounds; i++) {
		ours[i] = time_exchange(argv[2], &capture);
		theirs[i] = time_loop(program, &capture);
	}
	print_pairs(ours, theirs, rounds);
	return 0;
}
