// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "serve_node.h"

/* A directory keeps its node for as long as the kernel knows it: a process may stand in it. */
static struct node *directory_node(struct serve *serve, const struct entry *entry)
{
	struct node *node;

	LIST_FOREACH(node, &serve->directories, link)
	{
		if (!strcmp(node->entry.path, entry->path))
			return node;
	}
	return NULL;
}

static struct node *node_create(struct serve *serve, struct entry *entry)
{
	struct node *node = calloc(1, sizeof(*node));

	if (!node)
		return NULL;
	node->entry = *entry;
	*entry = (struct entry){0};
	if (node->entry.type == ENTRY_DIRECTORY)
		LIST_INSERT_HEAD(&serve->directories, node, link);
	else
		LIST_INSERT_HEAD(&serve->nodes, node, link);
	return node;
}

struct node *serve_entry_node(struct serve *serve, struct entry *entry)
{
	struct node *node = NULL;

	pthread_mutex_lock(&serve->lock);
	if (entry->type == ENTRY_DIRECTORY)
		node = directory_node(serve, entry);
	if (!node)
		node = node_create(serve, entry);
	if (node)
		node->lookups++;
	pthread_mutex_unlock(&serve->lock);
	entry_put(entry);
	return node;
}

void serve_reply_node(fuse_req_t request, struct node *node)
{
	struct serve *serve = fuse_req_userdata(request);
	const struct entry *entry = &node->entry;
	struct fuse_entry_param reply = {.ino = (fuse_ino_t)node};

	serve_attributes(serve, entry, serve_size(entry, SIZE_UNKNOWN), &reply.attr);
	reply.attr_timeout = reply.entry_timeout = serve_seconds_kept(entry);
	if (fuse_reply_entry(request, &reply) == -ENOENT)
		serve_forget_node(serve, node, 1);
}

void serve_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	struct serve *serve = fuse_req_userdata(request);
	const struct entry *directory = &serve_node(request, parent)->entry;
	const struct caller caller = serve_caller(request);
	struct explanation words;
	struct entry entry;
	struct node *node;
	int error;

	if (!serve_permits(request, directory, 01)) {
		fuse_reply_err(request, EACCES);
		return;
	}
	error = tree_lookup(directory, name, &caller, &entry);
	explain_take(&words);
	if (error && words.message[0])
		serve_fail_words(request, entry.path, error, &words);
	else if (error)
		fuse_reply_err(request, -error);
	if (error)
		return;
	node = serve_entry_node(serve, &entry);
	if (node)
		serve_reply_node(request, node);
	else
		fuse_reply_err(request, ENOMEM);
}

void serve_forget_node(struct serve *serve, struct node *node, uint64_t count)
{
	bool last;

	pthread_mutex_lock(&serve->lock);
	node->lookups -= count;
	last = !node->lookups;
	if (last)
		LIST_REMOVE(node, link);
	pthread_mutex_unlock(&serve->lock);
	if (!last)
		return;
	entry_put(&node->entry);
	free(node);
}

void serve_forget(fuse_req_t request, fuse_ino_t inode, uint64_t count)
{
	if (inode != FUSE_ROOT_ID)
		serve_forget_node(fuse_req_userdata(request), (struct node *)inode, count);
	fuse_reply_none(request);
}

void serve_forget_multi(fuse_req_t request, size_t count, struct fuse_forget_data *forgets)
{
	struct serve *serve = fuse_req_userdata(request);

	for (size_t i = 0; i < count; i++)
		if (forgets[i].ino != FUSE_ROOT_ID)
			serve_forget_node(serve, (struct node *)forgets[i].ino, forgets[i].nlookup);
	fuse_reply_none(request);
}

/* A directory's names in the kernel's form, made at opendir. */
struct listing {
	fuse_req_t request;
	struct buffer entries;
};

static int listing_add(void *context, const char *path, const char *name, enum entry_type type)
{
	struct listing *listing = context;
	struct buffer *entries = &listing->entries;
	struct stat attributes = {
		.st_ino = tree_inode(path),
		.st_mode = type == ENTRY_DIRECTORY ? S_IFDIR
			   : type == ENTRY_LINK	   ? S_IFLNK
						   : S_IFREG,
	};
	size_t size = fuse_add_direntry(listing->request, NULL, 0, name, NULL, 0);

	if (!buffer_room(entries, size))
		return -ENOMEM;
	/* An entry's offset is where the next one begins. */
	fuse_add_direntry(listing->request, entries->data + entries->size, size, name, &attributes,
			  (off_t)(entries->size + size));
	entries->size += size;
	return 0;
}

void serve_opendir(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	const struct entry *entry = &serve_node(request, inode)->entry;
	const struct caller caller = serve_caller(request);
	const char *slash = strrchr(entry->path, '/');
	char above[sizeof(entry->path)];
	struct listing listing = {.request = request};
	struct buffer *kept = malloc(sizeof(*kept));
	int error = kept ? 0 : -ENOMEM;

	snprintf(above, sizeof(above), "%.*s", slash ? (int)(slash - entry->path) : 0, entry->path);
	if (!serve_permits(request, entry, 04))
		error = -EACCES;
	if (!error)
		error = listing_add(&listing, entry->path, ".", ENTRY_DIRECTORY);
	if (!error)
		error = listing_add(&listing, above, "..", ENTRY_DIRECTORY);
	if (!error)
		error = tree_list(entry, &caller, listing_add, &listing);
	if (error) {
		buffer_free(&listing.entries);
		free(kept);
		serve_fail(request, entry->path, error);
		return;
	}
	*kept = listing.entries;
	info->fh = (uint64_t)kept;
	if (fuse_reply_open(request, info) == -ENOENT) {
		buffer_free(kept);
		free(kept);
	}
}

/* The bytes of the whole entries from offset on that fit into size. */
static size_t whole_entries(const struct buffer *entries, size_t offset, size_t size)
{
	size_t end = offset;

	while (end < entries->size) {
		const struct fuse_dirent *entry = (const void *)(entries->data + end);

		if (end + FUSE_DIRENT_SIZE(entry) - offset > size)
			break;
		end += FUSE_DIRENT_SIZE(entry);
	}
	return end - offset;
}

void serve_readdir(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset,
		   struct fuse_file_info *info)
{
	const struct buffer *entries = (const struct buffer *)info->fh;
	size_t from = (size_t)offset;

	(void)inode;
	if (from > entries->size)
		from = entries->size;
	fuse_reply_buf(request, entries->data + from, whole_entries(entries, from, size));
}

void serve_releasedir(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	struct buffer *entries = (struct buffer *)info->fh;

	(void)inode;
	buffer_free(entries);
	free(entries);
	fuse_reply_err(request, 0);
}
