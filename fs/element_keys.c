// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "element_keys_kind.h"
#include "element_map.h"
#include "explain.h"
#include "schema.h"
#include "source.h"

/* To go back to when the last key is gone. */
#define KEYS_KEPT 64

#define TRIE_TRIES 100

struct element_keys {
	struct source source;
	const struct keys_kind *kind;
	bool trie;
	struct schema *schema;
	int map;
	size_t key_room, value_room;
	char *keys; /* KEYS_KEPT of them, those that were walked last, and room for another */
	unsigned long last; /* which of them is the last */
	unsigned int kept; /* how many of them can be gone back to, with the last */
	bool given; /* the last one's row */
	bool started, ended;
};

static char *keys_at(const struct element_keys *keys, unsigned long number)
{
	return keys->keys + number % KEYS_KEPT * keys->key_room;
}

static int keys_explain(int error)
{
	return explain(error, NULL, "looking up the map's elements: %s", strerror(-error));
}

/* Walks to the key that is in the next place. */
static void keys_walk(struct element_keys *keys)
{
	keys->last++;
	if (keys->kept < KEYS_KEPT - 1)
		keys->kept++;
	keys->given = false;
}

/* The last key is gone: from the one before it, whose row was given, the way goes on. */
static int keys_go_back(struct element_keys *keys)
{
	keys->given = true;
	keys->last--;
	if (--keys->kept)
		return 0;
	return explain(-EBUSY, "read it again", "the map's elements go faster than they are read");
}

/* Whether the kernel's walk comes to a before b: longer prefixes first, by the bits they share. */
static bool trie_precedes(const char *a, const char *b)
{
	const struct bpf_lpm_trie_key *left = (const void *)a, *right = (const void *)b;
	__u32 shared = left->prefixlen < right->prefixlen ? left->prefixlen : right->prefixlen;

	for (__u32 bit = 0; bit < shared; bit++) {
		__u8 mask = 0x80 >> bit % 8;

		if ((left->data[bit / 8] ^ right->data[bit / 8]) & mask)
			return !(left->data[bit / 8] & mask);
	}
	return left->prefixlen > right->prefixlen;
}

/*
 * The kernel passes by what lies beside an element of a trie that is being replaced: what it says
 * counts only when it says so again.
 */
static int trie_next(const struct element_keys *keys, const char *key, char *next)
{
	char *again = keys->keys + KEYS_KEPT * keys->key_room;
	int more = 0, more_again;

	for (int i = 0; i < TRIE_TRIES; i++) {
		more = bpf_map_get_next_key(keys->map, key, next);
		more_again = bpf_map_get_next_key(keys->map, key, again);
		if (more == more_again && (more || !memcmp(next, again, keys->key_room)))
			break;
	}
	return !more && !trie_precedes(key, next) ? -ESTALE : more;
}

/* -ESTALE when the key was gone, as far as that shows; -ENOENT past the last. */
static int keys_next(const struct element_keys *keys, const char *key, char *next)
{
	return keys->trie ? trie_next(keys, key, next) : bpf_map_get_next_key(keys->map, key, next);
}

static int keys_look_up(const struct element_keys *keys, const char *key, void *value)
{
	if (!keys->kind->unreadable)
		return bpf_map_lookup_elem(keys->map, key, value);
	memcpy(value, KEYS_UNREADABLE, sizeof(KEYS_UNREADABLE));
	return 0;
}

/* A look-up in a trie answers with a shorter prefix's value once the key is gone. */
static bool trie_has(const struct element_keys *keys)
{
	const char *before = keys->kept > 1 ? keys_at(keys, keys->last - 1) : NULL;
	const char *key = keys_at(keys, keys->last);
	char *again = keys->keys + KEYS_KEPT * keys->key_room;

	if (bpf_map_get_next_key(keys->map, before, again))
		return false;
	if (!memcmp(again, key, keys->key_room))
		return true;
	return !before && trie_precedes(again, key); /* a new first one says nothing of it */
}

/*
 * Whether there is a row in record. From a key that is gone the kernel walks on from the first
 * one, so what it said counts only if the key is still there afterwards.
 */
static int keys_step(struct element_keys *keys, char *record)
{
	char *key = keys_at(keys, keys->last), *next = keys_at(keys, keys->last + 1);
	int more, found;

	more = keys_next(keys, key, next);
	if (more == -ESTALE)
		return keys_go_back(keys);
	if (more && more != -ENOENT)
		return keys_explain(more);
	memset(record, 0, keys->source.batch);
	found = keys_look_up(keys, key, record + keys->key_room);
	if (found && found != -ENOENT)
		return keys_explain(found);
	if ((found && !keys->kind->indexed) || (!found && keys->trie && !trie_has(keys)))
		return keys_go_back(keys);
	memcpy(record, key, keys->key_room);
	found = !found && !keys->given;
	if (more)
		keys->ended = true;
	else
		keys_walk(keys);
	return found;
}

static int keys_start(struct element_keys *keys)
{
	int error = bpf_map_get_next_key(keys->map, NULL, keys_at(keys, 1));

	if (error && error != -ENOENT)
		return keys_explain(error);
	keys->started = true;
	keys->ended = error == -ENOENT;
	keys_walk(keys);
	return 0;
}

static ssize_t keys_fill(struct source *source, void *records, size_t size)
{
	struct element_keys *keys = (struct element_keys *)source;
	size_t record = source->batch, filled = 0;
	int got = keys->started ? 0 : keys_start(keys);

	while (got >= 0 && !keys->ended && size - filled >= record) {
		got = keys_step(keys, (char *)records + filled);
		if (got > 0)
			filled += record;
	}
	return got < 0 ? got : (ssize_t)filled;
}

static void keys_free(struct source *source)
{
	struct element_keys *keys = (struct element_keys *)source;

	if (keys->map >= 0)
		close(keys->map);
	schema_free(keys->schema);
	free(keys->keys);
	free(keys);
}

static const struct source_operations keys_operations = {
	.fill = keys_fill,
	.free = keys_free,
};

int element_keys_open(const struct element_map *map, struct source **out)
{
	struct element_keys *keys = calloc(1, sizeof(*keys));
	int error = -ENOMEM;

	if (!keys)
		return -ENOMEM;
	keys->kind = keys_kind(&map->info);
	keys->key_room = element_key_room(map);
	keys->value_room = keys->kind->unreadable ? KEYS_UNREADABLE_ROOM : map->value_bytes;
	keys->source.operations = &keys_operations;
	keys->source.batch = keys->key_room + keys->value_room;
	keys->map = fcntl(map->descriptor, F_DUPFD_CLOEXEC, 0);
	keys->trie = map->info.type == BPF_MAP_TYPE_LPM_TRIE;
	keys->keys = calloc(KEYS_KEPT + 1, keys->key_room);
	if (keys->map >= 0 && keys->keys)
		error = keys_schema(keys->kind, map, keys->source.batch, &keys->schema);
	if (error) {
		keys_free(&keys->source);
		return error;
	}
	keys->source.schema = keys->schema;
	*out = &keys->source;
	return 0;
}
