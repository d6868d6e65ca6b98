// SPDX-License-Identifier: GPL-2.0-only
#include "links_details.h"

#include <bpf/bpf.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../bpf/links.h"
#include "link_info.h"

/* Where the kernel puts a name; one that it cut is still a string. */
static void ask_for_name(struct link_info *info, enum link_type type, __u64 name, __u32 size)
{
	if (type == link_perf_event) {
		info->perf.kprobe.name = name;
		info->perf.kprobe.name_size = size;
	} else if (type == link_uprobe_multi) {
		info->uprobe_multi.path = name;
		info->uprobe_multi.path_size = size;
	}
}

/* What tells probes of long paths apart is at the end. */
static void put_uprobe(struct links_row *row, const char *kind, const char *path,
		       const char *offset)
{
	size_t around = strlen(kind) + strlen(":") + strlen(offset) + 1;
	size_t room = sizeof(row->target) - around, size = strlen(path);
	bool fits = size <= room;

	if (!fits)
		path += size - (room - strlen("..."));
	snprintf(row->target, sizeof(row->target), "%s:%s%s%s", kind, fits ? "" : "...", path,
		 offset);
}

static void fill_perf(struct links_row *row, const struct link_info *info, const char *name)
{
	char *target = row->target;
	const size_t size = sizeof(row->target);
	char offset[16];

	switch (info->perf.type) {
	case PERF_LINK_UPROBE:
	case PERF_LINK_URETPROBE:
		snprintf(offset, sizeof(offset), "+%#x", info->perf.uprobe.offset);
		put_uprobe(row, info->perf.type == PERF_LINK_UPROBE ? "uprobe" : "uretprobe", name,
			   offset);
		row->cookie = info->perf.uprobe.cookie;
		break;
	case PERF_LINK_KPROBE:
	case PERF_LINK_KRETPROBE:
		snprintf(target, size, info->perf.kprobe.offset ? "%s:%s+%#x" : "%s:%s",
			 info->perf.type == PERF_LINK_KPROBE ? "kprobe" : "kretprobe", name,
			 info->perf.kprobe.offset);
		row->cookie = info->perf.kprobe.cookie;
		break;
	case PERF_LINK_TRACEPOINT:
		snprintf(target, size, "tracepoint:%s", name);
		row->cookie = info->perf.tracepoint.cookie;
		break;
	case PERF_LINK_EVENT:
		snprintf(target, size, "event:%u/%llu", info->perf.event.type,
			 info->perf.event.config);
		row->cookie = info->perf.event.cookie;
		break;
	default:
		break;
	}
}

static void fill_netfilter(struct links_row *row, const struct link_info *info)
{
	static const char *const hooks[] = {"pre_routing", "local_in", "forward", "local_out",
					    "post_routing"};
	const __u32 hook = info->netfilter.hook;

	snprintf(row->target, sizeof(row->target), "netfilter:%s/%s/%d",
		 info->netfilter.family == AF_INET ? "ipv4" : "ipv6",
		 hook < sizeof(hooks) / sizeof(*hooks) ? hooks[hook] : "other",
		 info->netfilter.priority);
}

static void fill_attach_type(struct links_row *row, const struct link_info *info)
{
	switch (row->type) {
	case link_tracing:
		row->attach_type = info->tracing.attach_type;
		break;
	case link_cgroup:
		row->attach_type = info->cgroup.attach_type;
		break;
	case link_netns:
		row->attach_type = info->netns.attach_type;
		break;
	case link_tcx:
	case link_netkit:
		row->attach_type = info->device.attach_type;
		break;
	case link_sockmap:
		row->attach_type = info->sockmap.attach_type;
		break;
	default:
		break;
	}
}

static void fill(struct links_row *row, const struct link_info *info, const char *name)
{
	fill_attach_type(row, info);
	switch (row->type) {
	case link_raw_tracepoint:
		row->cookie = info->raw_tracepoint.cookie;
		break;
	case link_tracing:
		row->cookie = info->tracing.cookie;
		break;
	case link_sockmap:
		row->target_map = info->sockmap.id;
		break;
	case link_struct_ops:
		row->target_map = info->struct_ops_map.id;
		break;
	case link_netfilter:
		fill_netfilter(row, info);
		break;
	case link_kprobe_multi:
		row->functions = info->kprobe_multi.count;
		break;
	case link_uprobe_multi:
		row->functions = info->uprobe_multi.count;
		put_uprobe(row, "uprobe", name, "");
		break;
	case link_perf_event:
		fill_perf(row, info, name);
		break;
	default:
		break;
	}
}

void links_details(void *context, void *record)
{
	struct link_info info = {0};
	__u32 size = sizeof(info);
	struct links_row *row = record;
	char name[PATH_MAX] = "";
	int link = bpf_link_get_fd_by_id(row->id);

	(void)context;
	if (link < 0)
		return;
	ask_for_name(&info, row->type, (uintptr_t)name, sizeof(name));
	if (!bpf_obj_get_info_by_fd(link, &info, &size))
		fill(row, &info, name);
	close(link);
}
