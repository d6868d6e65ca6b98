// SPDX-License-Identifier: GPL-2.0-only
#define FUSE_USE_VERSION 314
#include <bpf/libbpf.h>
#include <errno.h>
#include <fuse_lowlevel.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "background.h"
#include "buffer.h"
#include "compile.h"
#include "inbox.h"
#include "inbox_last.h"
#include "load.h"
#include "header.h"
#include "load_folder.h"
#include "loaded.h"
#include "loader.h"
#include "options.h"
#include "pool.h"
#include "readme.h"
#include "serve.h"
#include "spool.h"
#include "tree.h"
#include "view.h"

/* Signals are for the thread that answers requests: its read of the next one has to end. */
static struct pool *pool_create_quiet(void)
{
	sigset_t all, before;
	struct pool *pool;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pool = pool_create();
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return pool;
}

static int serve_until_unmounted(struct serve *serve, const struct options *options,
				 struct background *background)
{
	struct pool *pool = pool_create_quiet();
	int error;

	if (!pool) {
		fprintf(stderr, "bpfview: no threads: %s\n", strerror(errno));
		return 1;
	}
	pool_set_limit(pool, options->timeout * 1000);
	setpriority(PRIO_PROCESS, 0, POOL_PROMPT_NICE); /* names never wait for a busy machine */
	background_ready(background);
	error = serve_loop(serve, pool);
	if (!pool_free(pool)) {
		fprintf(stderr, "bpfview: a worker is stuck in the kernel; left it behind\n");
		serve_unmount(serve);
		_exit(1);
	}
	if (error)
		fprintf(stderr, "bpfview: %s\n", strerror(-error));
	return error ? 1 : 0;
}

/* The daemon leaves the folder that it was started in. */
static bool folder_make_absolute(char **path)
{
	char *absolute = realpath(*path, NULL);
	struct stat attributes;

	if (absolute && (stat(absolute, &attributes) || !S_ISDIR(attributes.st_mode))) {
		free(absolute);
		absolute = NULL;
		errno = ENOTDIR;
	}
	if (!absolute) {
		fprintf(stderr, "bpfview: %s: %s\n", *path, strerror(errno));
		return false;
	}
	free(*path);
	*path = absolute;
	return true;
}

static int run(struct options *options, struct fuse_args *arguments)
{
	struct background background;
	struct serve *serve;
	int result = 1;

	if (geteuid() != 0) {
		fprintf(stderr, "bpfview: only root can mount it: it loads BPF programs\n");
		return 1;
	}
	if (!folder_make_absolute(&options->mountpoint) ||
	    (options->spool && !folder_make_absolute(&options->spool)) ||
	    (options->load_folder && !folder_make_absolute(&options->load_folder)))
		return 1;
	if (!options->foreground && background_start(&background, options->mountpoint))
		return background.status; /* the one that was called */
	if (options->spool)
		spool_set_folder(options->spool);
	compile_set_mount(options->mountpoint);
	inbox_set_limit(options->dissect_limit);
	if (options->load)
		tree_allow_changes();
	if (options->attach_init)
		loaded_allow_initial();
	if (views_init() || readme_init() || loaded_init()) {
		fprintf(stderr, "bpfview: %s\n", strerror(ENOMEM));
	} else if (options->load_folder && load_folder(options->load_folder)) {
		result = 1; /* words have been said */
	} else if ((serve = serve_mount(arguments, options->mountpoint, &options->access))) {
		result = serve_until_unmounted(serve, options,
					       options->foreground ? NULL : &background);
		serve_free(serve);
	}
	inbox_last_forget("");
	loaded_free_all();
	headers_free();
	readme_free();
	views_free();
	return result;
}

/* What a mount's README says of the tables. It is the same on a kernel without BTF. */
static int tables_print(void)
{
	struct buffer text = {0};
	int error;

	libbpf_set_print(NULL);
	error = views_init();
	if (!error)
		readme_tables(&text);
	if (text.failed)
		error = -ENOMEM;
	else if (fwrite(text.data, 1, text.size, stdout) != text.size || fflush(stdout))
		error = -errno;
	if (error)
		fprintf(stderr, "bpfview: %s\n", strerror(-error));
	buffer_free(&text);
	views_free();
	return error ? 1 : 0;
}

int main(int count, char **values)
{
	struct fuse_args arguments = FUSE_ARGS_INIT(count, values);
	struct options options;
	int result = 1;

	mallopt(M_ARENA_MAX, 2); /* an arena for each worker would hold on to what it once used */
	if (count == 3 && !strcmp(values[1], LOAD_ARGUMENT))
		return loader_main(values[2]);
	if (options_parse(&options, &arguments)) {
		result = 1;
	} else if (options.help) {
		options_help(values[0]);
		result = 0;
	} else if (options.version) {
		printf("bpfview %s\n", BPFVIEW_VERSION);
		result = 0;
	} else if (options.tables) {
		result = tables_print();
	} else {
		result = run(&options, &arguments);
	}
	options_free(&options);
	fuse_opt_free_args(&arguments);
	return result;
}
