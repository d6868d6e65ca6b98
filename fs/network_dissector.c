// SPDX-License-Identifier: GPL-2.0-only
#include "network_dissector.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "kernel.h"
#include "records.h"
#include "schema.h"

struct dissector_row {
	__u32 prog_id, link_id, net_ns;
	char name[BPF_OBJ_NAME_LEN];
};

#define COLUMN(member, shown, words, nothing)                                                      \
	{                                                                                          \
		.name = #member, .kind = &(shown),                                                 \
		.offset = offsetof(struct dissector_row, member),                                  \
		.size = sizeof(((struct dissector_row *)0)->member), .about = (words),             \
		.optional = (nothing)                                                              \
	}

static struct column columns[] = {
	COLUMN(prog_id, kind_unsigned, "of progs", false),
	COLUMN(link_id, kind_unsigned, "of links; none where a program was attached by itself",
	       true),
	COLUMN(net_ns, kind_unsigned, "the network namespace, by its inode", false),
	COLUMN(name, kind_chars, "of the program", false),
};

const struct schema network_dissector_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct dissector_row),
};

static void name_read(struct dissector_row *row)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);
	int program = bpf_prog_get_fd_by_id(row->prog_id);

	if (program < 0)
		return; /* it is gone */
	if (!bpf_obj_get_info_by_fd(program, &info, &size))
		memcpy(row->name, info.name, sizeof(row->name));
	close(program);
}

static bool link_is_of(__u32 id, const struct dissector_row *row)
{
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);
	int link = bpf_link_get_fd_by_id(id), error;

	if (link < 0)
		return false;
	error = bpf_obj_get_info_by_fd(link, &info, &size);
	close(link);
	return !error && info.type == BPF_LINK_TYPE_NETNS && info.prog_id == row->prog_id &&
	       info.netns.netns_ino == row->net_ns && info.netns.attach_type == BPF_FLOW_DISSECTOR;
}

/* 0 when there is none. */
static __u32 link_find(const struct dissector_row *row)
{
	__u32 id = 0;

	while (!bpf_link_get_next_id(id, &id))
		if (link_is_of(id, row))
			return id;
	return 0;
}

int network_dissector_source(int network, struct source **out)
{
	__u32 flags, count = 1;
	struct dissector_row *row = calloc(1, sizeof(*row));
	int error = row ? kernel_network_inode(network, &row->net_ns) : -ENOMEM;

	if (!error && bpf_prog_query(network, BPF_FLOW_DISSECTOR, 0, &flags, &row->prog_id, &count))
		error = explain(-errno, "", "asking for the network namespace's dissector: %s",
				strerror(errno));
	if (error) {
		free(row);
		return error;
	}
	if (count) {
		row->link_id = link_find(row);
		name_read(row);
	}
	return records_source(&network_dissector_schema, row, count, out);
}
