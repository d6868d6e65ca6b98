// SPDX-License-Identifier: GPL-2.0-only
/*
 * read_storm FOLDER THREADS ROUNDS ROWS: in each round each thread gives a map of its own another
 * number of elements, up to ROWS, with other values, opens its table in FOLDER and reads it in one
 * of the ways of read_ways.h, in text, JSON or CSV. Every row has to be there once, whole and as
 * the map was at that open; also when it is read again, without the pages that the kernel has kept.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <inttypes.h>
#include <pthread.h>

#include "read_ways.h"

struct world {
	const char *folder;
	int btf, key, value; /* types */
	unsigned int rounds, rows;
};

struct table {
	const struct world *world;
	unsigned int seed;
	int map;
	__u32 id;
	unsigned int rows;
	uint64_t generation;
	__u32 *keys;
	uint64_t *values;
	char *seen;
	struct copy copy;
};

static const struct format {
	const char *suffix, *header, *row;
} formats[] = {
	{"", NULL, "%u %" SCNu64},
	{".json", "", "{\"key\":%u,\"value\":%" SCNu64 "}"},
	{".csv", "key,value\n", "%u,%" SCNu64},
};

static uint64_t value_of(const struct table *table, unsigned int key)
{
	return table->generation * 1000003 + key;
}

static void make_map(struct table *table)
{
	const struct world *world = table->world;
	struct bpf_map_create_opts options = {
		.sz = sizeof(options),
		.btf_fd = (__u32)world->btf,
		.btf_key_type_id = (__u32)world->key,
		.btf_value_type_id = (__u32)world->value,
	};
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);

	table->map =
		bpf_map_create(BPF_MAP_TYPE_HASH, "read_storm", 4, 8, world->rows + 1, &options);
	if (table->map < 0 || bpf_obj_get_info_by_fd(table->map, &info, &size))
		err(1, "map");
	table->id = info.id;
	table->keys = calloc(world->rows + 1, sizeof(*table->keys));
	table->values = calloc(world->rows + 1, sizeof(*table->values));
	table->seen = calloc(world->rows + 1, 1);
	for (unsigned int i = 0; i <= world->rows; i++)
		table->keys[i] = i;
}

/* Now it has `rows` elements, of a new generation. */
static void change_map(struct table *table)
{
	unsigned int before = table->rows, most = table->world->rows + 1;
	__u32 count;

	table->generation++;
	if (rand_r(&table->seed) % 4 == 0)
		most = most < 100 ? most : 100;
	table->rows = (unsigned int)rand_r(&table->seed) % most;
	for (unsigned int i = 0; i < table->rows; i++)
		table->values[i] = value_of(table, i);
	count = table->rows;
	if (count && bpf_map_update_batch(table->map, table->keys, table->values, &count, NULL))
		err(1, "update");
	count = before > table->rows ? before - table->rows : 0;
	if (count && bpf_map_delete_batch(table->map, table->keys + table->rows, &count, NULL))
		err(1, "delete");
}

static void check_row(struct table *table, const char *row, const char *format)
{
	uint64_t value;
	__u32 key;

	if (sscanf(row, format, &key, &value) != 2)
		errx(1, "not a row: %.100s", row);
	if (key >= table->rows || table->seen[key]++)
		errx(1, "key %u twice, or of another open, of %u", key, table->rows);
	if (value != value_of(table, key))
		errx(1, "key %u: %" PRIu64 " and not %" PRIu64, key, value, value_of(table, key));
}

static void check_copy(struct table *table, const struct format *format)
{
	char *row = table->copy.bytes, *end = row + table->copy.size, *next;
	size_t header = format->header
				? strlen(format->header)
				: (size_t)((char *)memchr(row, '\n', table->copy.size) + 1 - row);
	unsigned int rows = 0;

	if (format->header && (table->copy.size < header || memcmp(row, format->header, header)))
		errx(1, "another header");
	memset(table->seen, 0, table->world->rows + 1);
	for (row += header; row < end; row = next + 1, rows++) {
		next = memchr(row, '\n', (size_t)(end - row));
		if (!next)
			errx(1, "the last row is cut");
		*next = '\0';
		check_row(table, row, format->row);
	}
	if (rows != table->rows)
		errx(1, "%u rows of %u", rows, table->rows);
}

/* From the daemon, not from the pages that the kernel has. */
static void read_again(struct table *table, int file)
{
	char *bytes = malloc(table->copy.size + 1);
	size_t done = 0;
	ssize_t got;

	posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	while ((got = pread(file, bytes + done, table->copy.size + 1 - done, (off_t)done)) > 0)
		done += (size_t)got;
	if (got < 0)
		err(1, "pread");
	if (done != table->copy.size || memcmp(bytes, table->copy.bytes, done))
		errx(1, "another table the second time: %zu bytes, and not %zu", done,
		     table->copy.size);
	free(bytes);
}

static void read_table(struct table *table, const struct format *format, const struct way *way)
{
	char path[4096];
	int file;

	snprintf(path, sizeof(path), "%s/%u%s", table->world->folder, table->id, format->suffix);
	file = open(path, O_RDONLY | O_CLOEXEC | way->flags);
	if (file < 0)
		err(1, "%s", path);
	way_run(way, file, &table->copy);
	if (!way->flags)
		read_again(table, file);
	check_copy(table, format);
	close(file);
}

static void *storm(void *argument)
{
	struct table *table = argument;

	make_map(table);
	for (unsigned int i = 0; i < table->world->rounds; i++) {
		change_map(table);
		read_table(table, &formats[(unsigned int)rand_r(&table->seed) % 3],
			   &ways[(i + table->seed) % WAYS]);
	}
	close(table->map);
	free(table->keys);
	free(table->values);
	free(table->seen);
	free(table->copy.bytes);
	return NULL;
}

int main(int argc, char **argv)
{
	unsigned int threads = argc == 5 ? (unsigned int)atoi(argv[2]) : 0;
	struct btf *btf = btf__new_empty();
	struct table tables[64] = {0};
	pthread_t running[64];
	struct world world;

	if (!threads || threads > 64)
		errx(2, "usage: read_storm FOLDER THREADS ROUNDS ROWS");
	world.folder = argv[1];
	world.rounds = (unsigned int)atoi(argv[3]);
	world.rows = (unsigned int)atoi(argv[4]);
	world.key = btf__add_int(btf, "unsigned int", 4, 0);
	world.value = btf__add_int(btf, "unsigned long long", 8, 0);
	if (btf__load_into_kernel(btf))
		err(1, "BTF");
	world.btf = btf__fd(btf);
	for (unsigned int i = 0; i < threads; i++) {
		tables[i].world = &world;
		tables[i].seed = i;
		if (pthread_create(&running[i], NULL, storm, &tables[i]))
			errx(1, "no thread");
	}
	for (unsigned int i = 0; i < threads; i++)
		pthread_join(running[i], NULL);
	btf__free(btf);
	return 0;
}
