// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "loaded.h"
#include "readme.h"
#include "tables.h"
#include "tree.h"
#include "view.h"

static struct caller caller;

/* Looks up PATH/OF/NAMES from the root. */
static int find(const char *path, struct entry *out)
{
	char copy[300], *rest = copy, *name;
	struct entry in;
	int error = 0;

	snprintf(copy, sizeof(copy), "%s", path);
	tree_root(out);
	while (!error && (name = strsep(&rest, "/"))) {
		ck_assert_int_eq(out->type, ENTRY_DIRECTORY);
		in = *out;
		error = tree_lookup(&in, name, &caller, out);
	}
	return error;
}

static void check_found(const char *path, enum entry_type type, const struct format *format)
{
	struct entry entry;

	ck_assert_msg(!find(path, &entry), "%s", path);
	ck_assert_int_eq(entry.type, type);
	ck_assert_str_eq(entry.path, path);
	if (format)
		ck_assert_ptr_eq(entry.format, format);
	if (type == ENTRY_DIRECTORY)
		ck_assert_ptr_nonnull(entry.directory);
	if (type == ENTRY_TABLE || type == ENTRY_INBOX)
		ck_assert_ptr_nonnull(entry.open);
	entry_put(&entry);
}

START_TEST(names)
{
	ck_assert_int_eq(views_init() || readme_init() || loaded_init(), 0);
	check_found("README", ENTRY_DOCUMENT, NULL);
	check_found("status", ENTRY_TABLE, &format_text);
	check_found("errors.json", ENTRY_TABLE, &format_json);
	check_found("btfs.csv", ENTRY_TABLE, &format_csv);
	check_found("tasks", ENTRY_TABLE, &format_text);
	check_found("tasks.json", ENTRY_TABLE, &format_json);
	check_found("tasks.csv", ENTRY_TABLE, &format_csv);
	check_found("maps", ENTRY_DIRECTORY, NULL);
	check_found("maps/list", ENTRY_TABLE, &format_text);
	check_found("maps/list.csv", ENTRY_TABLE, &format_csv);
	check_found("dissect", ENTRY_DIRECTORY, NULL);
	check_found("dissect/input", ENTRY_INBOX, &format_text);
	check_found("dissect/input.json", ENTRY_INBOX, &format_json);
	check_found("netns/4026531840", ENTRY_DIRECTORY, NULL);
	check_found("netns/4294967295", ENTRY_DIRECTORY, NULL);
	loaded_free_all();
	readme_free();
	views_free();
}
END_TEST

START_TEST(no_names)
{
	static const char *const none[] = {
		"nothing",
		"",
		".",
		"..",
		"task",
		"taskss",
		"tasks ",
		"TASKS",
		"tasks.JSON",
		"tasks.",
		".json",
		"tasks.json.csv",
		"tasks.csv.csv",
		"README.json",
		"maps.json",
		"dissect.csv",
		"maps/",
		"maps/tasks",
		"maps/README",
		"dissect/list",
		"dissect/tasks",
		"list",
		"input",
		"netns/4242",
		"netns/04026531840",
		"netns/4294967296",
		"netns/4026531840.json",
		"netns/4026531840x",
		"netns/99999999999999999999999",
	};
	char name[256], path[300];
	struct entry entry;

	ck_assert_int_eq(views_init() || readme_init() || loaded_init(), 0);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		ck_assert_msg(find(none[i], &entry) == -ENOENT, "%s", none[i]);
	for (size_t length = 1; length < sizeof(name); length++) {
		memset(name, '1', length);
		name[length] = '\0';
		ck_assert_int_eq(find(name, &entry), -ENOENT);
		if (length < 11)
			continue; /* may be the number of something */
		snprintf(path, sizeof(path), "maps/%s", name);
		ck_assert_int_lt(find(path, &entry), 0);
	}
	loaded_free_all();
	readme_free();
	views_free();
}
END_TEST

struct listing {
	struct entry in;
	unsigned int names, stop_after;
	bool readme, tasks, maps;
};

static int check_listed(void *context, const char *path, const char *name, enum entry_type type)
{
	struct listing *listing = context;
	char expected[400];
	struct entry entry;

	snprintf(expected, sizeof(expected), "%s%s%s", listing->in.path,
		 listing->in.path[0] ? "/" : "", name);
	ck_assert_str_eq(path, expected);
	ck_assert_ptr_null(strchr(name, '/'));
	ck_assert_ptr_null(strstr(name, ".json"));
	ck_assert_int_eq(tree_lookup(&listing->in, name, &caller, &entry), 0);
	ck_assert_int_eq(entry.type == ENTRY_DIRECTORY, type == ENTRY_DIRECTORY);
	ck_assert_str_eq(entry.path, path);
	entry_put(&entry);
	listing->readme |= !strcmp(path, "README");
	listing->tasks |= !strcmp(path, "tasks");
	listing->maps |= !strcmp(path, "maps") && type == ENTRY_DIRECTORY;
	return ++listing->names == listing->stop_after ? 77 : 0;
}

START_TEST(listed_names_are_there)
{
	struct listing listing = {0};

	ck_assert_int_eq(views_init() || readme_init() || loaded_init(), 0);
	tree_root(&listing.in);
	ck_assert_int_eq(tree_list(&listing.in, &caller, check_listed, &listing), 0);
	ck_assert(listing.readme && listing.tasks && listing.maps);
	listing = (struct listing){.stop_after = 2};
	tree_root(&listing.in);
	ck_assert_int_eq(tree_list(&listing.in, &caller, check_listed, &listing), 77);
	ck_assert_uint_eq(listing.names, 2);
	listing = (struct listing){0};
	ck_assert_int_eq(find("dissect", &listing.in), 0);
	ck_assert_int_eq(tree_list(&listing.in, &caller, check_listed, &listing), 0);
	ck_assert_uint_ge(listing.names, 1);
	loaded_free_all();
	readme_free();
	views_free();
}
END_TEST

static int check_numbers(void *context, const char *path, const char *name, enum entry_type type)
{
	static uint64_t numbers[100];
	unsigned int *count = context;

	(void)name, (void)type;
	numbers[*count] = tree_inode(path);
	ck_assert_uint_eq(numbers[*count], tree_inode(path));
	ck_assert_uint_ne(numbers[*count], 0);
	for (unsigned int i = 0; i < *count; i++)
		ck_assert_uint_ne(numbers[i], numbers[*count]);
	return ++*count == 100;
}

START_TEST(each_name_has_a_number)
{
	unsigned int count = 0;
	struct entry root;

	ck_assert_int_eq(views_init() || readme_init() || loaded_init(), 0);
	tree_root(&root);
	ck_assert_int_eq(tree_list(&root, &caller, check_numbers, &count), 0);
	loaded_free_all();
	readme_free();
	views_free();
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {names, no_names, listed_names_are_there,
				      each_name_has_a_number, NULL};

	caller.thread = getpid();
	return run_tests("tree", tests);
}
