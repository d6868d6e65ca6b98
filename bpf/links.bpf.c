// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/objects.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "cgroup.h"
#include "links.h"

#define PROGRAM_NAME_SIZE 16

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(links);

/* The kernel's link of a kind starts with, or holds, its struct bpf_link. */
#define link_of(link, kind) ((struct kind *)(link))

static inline void link_fill_target(struct links_row *row, const char *target)
{
	bpf_probe_read_kernel_str(row->target, sizeof(row->target), target);
}

static inline void link_fill_device(struct links_row *row, const struct net_device *device)
{
	row->ifindex = BPF_CORE_READ(device, ifindex);
	row->net_ns = BPF_CORE_READ(device, nd_net.net, ns.inum);
	BPF_CORE_READ_INTO(&row->interface, device, name);
}

static inline void link_fill_kind(struct links_row *row, struct bpf_link *link)
{
	switch (row->type) {
	case link_raw_tracepoint:
		link_fill_target(row, BPF_CORE_READ(link_of(link, bpf_raw_tp_link), btp, tp, name));
		break;
	case link_tracing:
		link_fill_target(row, BPF_CORE_READ(link, prog, aux, attach_func_name));
		row->target_prog =
			BPF_CORE_READ(link_of(link, bpf_tracing_link), tgt_prog, aux, id);
		break;
	case link_iter:
		link_fill_target(
			row, BPF_CORE_READ(link_of(link, bpf_iter_link), tinfo, reg_info, target));
		row->target_map = BPF_CORE_READ(link_of(link, bpf_iter_link), aux.map, id);
		break;
	case link_cgroup:
		row->cgroup_id = BPF_CORE_READ(link_of(link, bpf_cgroup_link), cgroup, kn, id);
		break;
	case link_netns:
		row->net_ns = BPF_CORE_READ(link_of(link, bpf_netns_link), net, ns.inum);
		break;
	case link_xdp:
	case link_tcx:
	case link_netkit:
		/* The kernel lays out all three alike, and may not have the last two. */
		link_fill_device(row, BPF_CORE_READ(link_of(link, bpf_xdp_link), dev));
		break;
	default:
		break;
	}
}

/* Links that don't attach by a type have 0 there, which is that of a cgroup's ingress. */
static inline enum attach_type link_attach_type(const struct bpf_link *link)
{
	enum bpf_attach_type type;

	/* Older kernels keep it elsewhere for each kind: links_details() asks for it. */
	if (bpf_core_field_exists(link->attach_type))
		type = link->attach_type;
	else
		type = link->prog->expected_attach_type;
	if (type || link->type == BPF_LINK_TYPE_CGROUP)
		return (enum attach_type)type;
	return link->type == BPF_LINK_TYPE_PERF_EVENT ? attach_perf_event : attach_none;
}

static __noinline long write_row(struct seq_file *seq, struct bpf_link *link)
{
	struct links_row row = {};

	row.id = link->id;
	row.type = (enum link_type)link->type;
	row.attach_type = link_attach_type(link);
	row.prog_id = link->prog->aux->id;
	row.references = link->refcnt.counter - 1; /* the iterator holds one */
	bpf_probe_read_kernel(row.prog_name, PROGRAM_NAME_SIZE, link->prog->aux->name);
	link_fill_kind(&row, link);
	return bpfview_write_row(seq, &row);
}

SEC("iter/bpf_link")
int links(struct bpf_iter__bpf_link *context)
{
	struct seq_file *seq = context->meta->seq;
	struct bpf_link *link = context->link;

	if (!link)
		return 0;
	link = bpfview_untrusted(link);
	if (write_row(seq, link))
		return 0;
	if (link->type == BPF_LINK_TYPE_CGROUP)
		cgroup_write_path(seq, BPF_CORE_READ(link_of(link, bpf_cgroup_link), cgroup));
	else
		bpfview_write_nothing(seq);
	return 0;
}
