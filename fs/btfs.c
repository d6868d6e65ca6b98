// SPDX-License-Identifier: GPL-2.0-only
#include "btfs.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "btf_users.h"
#include "buffer.h"
#include "explain.h"
#include "records.h"
#include "schema.h"

#define CHUNK_MORE    0x8000
#define CHUNK_NUMBERS (0x7fff / sizeof(__u32))

struct btf_row {
	uint32_t id, size_bytes;
	bool kernel;
	char name[63];
};

#define COLUMN(member, shown, words)                                                               \
	{                                                                                          \
		.name = #member, .kind = &(shown), .offset = offsetof(struct btf_row, member),     \
		.size = sizeof(((struct btf_row *)0)->member), .about = (words)                    \
	}
#define NUMBERS(title, words)                                                                      \
	{                                                                                          \
		.name = (title), .kind = &kind_numbers, .about = (words)                           \
	}

static struct column columns[] = {
	COLUMN(id, kind_unsigned, NULL),
	COLUMN(kernel, kind_bool, "types of the kernel or of a module"),
	COLUMN(size_bytes, kind_unsigned, "as it was loaded"),
	NUMBERS("map_ids", "the maps that use it"),
	NUMBERS("prog_ids", "the programs that use it"),
	COLUMN(name, kind_chars, "vmlinux, or the module"),
};

const struct schema btfs_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct btf_row),
	.texts = 2,
};

static void put_users(struct buffer *records, const struct btf_users *users, uint32_t btf_id)
{
	const struct btf_user *user;
	size_t left;

	user = btf_users_find(users, btf_id, &left);
	do {
		size_t count = left < CHUNK_NUMBERS ? left : CHUNK_NUMBERS;
		uint16_t head = (uint16_t)(count * sizeof(user->id));

		left -= count;
		if (left)
			head |= CHUNK_MORE;
		buffer_put(records, &head, sizeof(head));
		for (; count; count--, user++)
			buffer_put(records, &user->id, sizeof(user->id));
	} while (left);
}

static int row_fill(struct btf_row *row)
{
	struct bpf_btf_info info = {.name = (uintptr_t)row->name, .name_len = sizeof(row->name)};
	__u32 size = sizeof(info);
	int btf = bpf_btf_get_fd_by_id(row->id), error;

	if (btf < 0)
		return btf;
	error = bpf_obj_get_info_by_fd(btf, &info, &size);
	close(btf);
	row->size_bytes = info.btf_size;
	row->kernel = info.kernel_btf;
	return error;
}

static int put_rows(struct buffer *records, const struct btf_users *maps,
		    const struct btf_users *programs)
{
	__u32 id = 0;
	int error;

	while (!(error = bpf_btf_get_next_id(id, &id))) {
		struct btf_row row = {.id = id};

		error = row_fill(&row);
		if (error == -ENOENT)
			continue;
		if (error)
			return explain(error, NULL, "asking for BTF %u: %s", id, strerror(-error));
		buffer_put(records, &row, sizeof(row));
		put_users(records, maps, id);
		put_users(records, programs, id);
	}
	if (error != -ENOENT)
		return explain(error, NULL, "asking for the next BTF: %s", strerror(-error));
	return records->failed ? -ENOMEM : 0;
}

int btfs_source(struct source **out)
{
	struct btf_users maps = {0}, programs = {0};
	struct buffer records = {0};
	int error = btf_users_of_maps(&maps);

	if (!error)
		error = btf_users_of_programs(&programs);
	if (!error)
		error = put_rows(&records, &maps, &programs);
	if (error)
		buffer_free(&records);
	else
		error = records_source_texts(&btfs_schema, records.data, records.size, out);
	btf_users_free(&maps);
	btf_users_free(&programs);
	return error;
}
