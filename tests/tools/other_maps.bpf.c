// SPDX-License-Identifier: GPL-2.0-only
/* Maps that need types, and programs that put into those that only a program can fill. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define MAP_TYPE_CGRP_STORAGE 32 /* not in all headers yet */

struct prefix {
	__u32 length;
	__u8 address[4];
};

struct point {
	__s32 x, y;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 8);
	__type(key, struct prefix);
	__type(value, struct point);
} typed_trie SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} prog_array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} ringbuf SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16);
	__uint(key_size, 4);
	__uint(value_size, 127 * 8);
} stack_trace SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct point);
} sk_storage SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct point);
} task_storage SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_INODE_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct point);
} inode_storage SEC(".maps");

struct {
	__uint(type, MAP_TYPE_CGRP_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct point);
} cgrp_storage SEC(".maps");

__u32 stack_id;

/* A record of a letter, one thrown away, and one of 40,000 bytes. */
SEC("raw_tp")
int fill(void *context)
{
	char letter = 'A', *record;

	bpf_ringbuf_output(&ringbuf, &letter, sizeof(letter), 0);
	record = bpf_ringbuf_reserve(&ringbuf, 16, 0);
	if (record)
		bpf_ringbuf_discard(record, 0);
	record = bpf_ringbuf_reserve(&ringbuf, 40000, 0);
	if (record) {
		record[0] = 1;
		record[39999] = 2;
		bpf_ringbuf_submit(record, 0);
	}
	stack_id = bpf_get_stackid(context, &stack_trace, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
