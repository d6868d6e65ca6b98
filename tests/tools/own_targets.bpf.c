// SPDX-License-Identifier: GPL-2.0-only
/* Iterators of users over what a parameter says: a map's elements, cgroups, sockets of a namespace.
 */
#include <bpfview/kernel.bpf.h>
#include <bpfview/tcp.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	void *map;
	void *key;
	void *value;
};

struct cgroup___own {
	struct kernfs_node___own *kn;
	int level;
} __attribute__((preserve_access_index));

struct kernfs_node___own {
	__u64 id;
} __attribute__((preserve_access_index));

struct bpf_iter__cgroup {
	struct bpf_iter_meta *meta;
	struct cgroup___own *cgroup;
};

struct elements_row {
	__u32 key;
	__u32 high, low;
};
BPFVIEW_ROW(elements);

SEC("iter/bpf_map_elem")
int elements(struct bpf_iter__bpf_map_elem *context)
{
	__u32 *key = context->key, *value = context->value;
	struct elements_row row = {};

	if (!key || !value)
		return 0;
	row.key = *key;
	row.low = value[0];
	row.high = value[1];
	bpfview_write_row(context->meta->seq, &row);
	return 0;
}

SEC("iter.s/cgroup")
int groups(struct bpf_iter__cgroup *context)
{
	if (context->cgroup)
		BPF_SEQ_PRINTF(context->meta->seq, "%llu\n", context->cgroup->kn->id);
	return 0;
}

SEC("iter/tcp")
int sockets(struct bpf_iter__tcp *context)
{
	struct sock_common *socket = context->sk_common;

	if (socket)
		BPF_SEQ_PRINTF(context->meta->seq, "%u\n", socket->skc_num);
	return 0;
}
