// SPDX-License-Identifier: GPL-2.0-only
#include "dissector_stats.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dissector.h"
#include "explain.h"
#include "records.h"
#include "schema.h"

struct stats_row {
	uint32_t prog_id, attached;
	uint64_t runs, run_time_ns, mean_ns;
	uint64_t packets, ok, dropped, continued;
};

#define COLUMN(member, words, nothing)                                                             \
	{                                                                                          \
		.name = #member, .kind = &kind_unsigned,                                           \
		.offset = offsetof(struct stats_row, member),                                      \
		.size = sizeof(((struct stats_row *)0)->member), .about = (words),                 \
		.optional = (nothing)                                                              \
	}

static struct column columns[] = {
	COLUMN(prog_id, "of progs: what is attached", false),
	COLUMN(attached, "to how many network namespaces, by this mount", false),
	COLUMN(runs, "of that program, while kernel.bpf_stats_enabled was 1", false),
	COLUMN(run_time_ns, "of these", false),
	COLUMN(mean_ns, "of these", true),
	COLUMN(packets, "that it has dissected here", false),
	COLUMN(ok, "of these: its verdict was OK", false),
	COLUMN(dropped, "of these: DROP", false),
	COLUMN(continued, "of these: CONTINUE", false),
};

const struct schema dissector_stats_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct stats_row),
};

static int program_read(struct stats_row *row, int program)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(program, &info, &size))
		return explain(-errno, "", "asking for the dissector's program: %s",
			       strerror(errno));
	row->prog_id = info.id;
	row->runs = info.run_cnt;
	row->run_time_ns = info.run_time_ns;
	row->mean_ns = info.run_cnt ? info.run_time_ns / info.run_cnt : 0;
	return 0;
}

int dissector_stats_source(struct dissector *dissector, size_t attached, struct source **out)
{
	struct stats_row *row = calloc(1, sizeof(*row));
	struct dissector_counts counts;
	int program = dissector_live(dissector), error = row ? 0 : -ENOMEM;

	if (!error)
		error = program < 0 ? program : program_read(row, program);
	if (error) {
		free(row);
		return error;
	}
	dissector_count(dissector, &counts);
	row->attached = (uint32_t)attached;
	row->packets = counts.packets;
	row->ok = counts.ok;
	row->dropped = counts.dropped;
	row->continued = counts.continued;
	return records_source(&dissector_stats_schema, row, 1, out);
}
