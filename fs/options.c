// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#define FUSE_USE_VERSION 314
#include <fuse_lowlevel.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool.h"

enum {
	KEY_HELP,
	KEY_VERSION,
	KEY_TABLES,
	KEY_LOAD,
	KEY_ATTACH_INIT,
	KEY_FOREGROUND
};

/* As text: fuse_opt's %u would take "12x", and says nothing of a wrong number. */
struct texts {
	struct options *options;
	char *owner, *group, *mode, *timeout, *dissect_limit;
};

#define TEXT(template, member)                                                                     \
	{                                                                                          \
		template, offsetof(struct texts, member), 0                                        \
	}

static const struct fuse_opt known[] = {
	TEXT("uid=%s", owner),
	TEXT("gid=%s", group),
	TEXT("mode=%s", mode),
	TEXT("timeout=%s", timeout),
	TEXT("dissect_limit=%s", dissect_limit),
	FUSE_OPT_KEY("-h", KEY_HELP),
	FUSE_OPT_KEY("--help", KEY_HELP),
	FUSE_OPT_KEY("-V", KEY_VERSION),
	FUSE_OPT_KEY("--version", KEY_VERSION),
	FUSE_OPT_KEY("--tables", KEY_TABLES),
	FUSE_OPT_KEY("-f", KEY_FOREGROUND),
	FUSE_OPT_KEY("load", KEY_LOAD),
	FUSE_OPT_KEY("attach_init", KEY_ATTACH_INIT),
	FUSE_OPT_END,
};

static int argument_take(void *data, const char *argument, int key, struct fuse_args *rest)
{
	struct options *options = ((struct texts *)data)->options;

	(void)rest;
	if (key == KEY_HELP)
		options->help = true;
	else if (key == KEY_VERSION)
		options->version = true;
	else if (key == KEY_TABLES)
		options->tables = true;
	else if (key == KEY_LOAD)
		options->load = true;
	else if (key == KEY_ATTACH_INIT)
		options->attach_init = true;
	else if (key == KEY_FOREGROUND)
		options->foreground = true;
	else if (key == FUSE_OPT_KEY_OPT && !strncmp(argument, "spool=", 6) && !options->spool)
		options->spool = strdup(argument + 6);
	else if (key == FUSE_OPT_KEY_OPT && !strncmp(argument, "load=", 5) && !options->load_folder)
		options->load_folder = strdup(argument + 5);
	else if (key == FUSE_OPT_KEY_NONOPT && !options->mountpoint)
		options->mountpoint = strdup(argument);
	else
		return 1; /* libfuse's, or refused by it */
	return 0;
}

static int number_parse(const char *name, const char *text, int base, unsigned long least,
			unsigned long most, unsigned int *out)
{
	unsigned long value;
	char *end;

	if (!text)
		return 0;
	value = strtoul(text, &end, base);
	if (text[0] < '0' || text[0] > '9' || *end || value < least || value > most) {
		fprintf(stderr, "bpfview: %s=%s: not a number that fits\n", name, text);
		return -1;
	}
	*out = (unsigned int)value;
	return 0;
}

static int defaults_add(struct fuse_args *arguments)
{
	/*
	 * Not default_permissions: with it the kernel asks for the attributes at each open, and
	 * the size of a table that is not open yet, 0, is what splice would go by.
	 */
	return fuse_opt_add_arg(arguments, "-ofsname=bpfview,subtype=bpfview,nosuid,nodev,noexec");
}

int options_parse(struct options *options, struct fuse_args *arguments)
{
	struct texts texts = {.options = options};
	struct access *access = &options->access;
	int result;

	memset(options, 0, sizeof(*options));
	options->timeout = POOL_LIMIT / 1000;
	options->dissect_limit = DISSECT_LIMIT;
	*access = (struct access){.owner = geteuid(), .group = getegid(), .mode = 0600};
	result = fuse_opt_parse(arguments, &texts, known, argument_take);
	if (!result)
		result = number_parse("uid", texts.owner, 10, 0, UINT32_MAX - 1, &access->owner);
	if (!result)
		result = number_parse("gid", texts.group, 10, 0, UINT32_MAX - 1, &access->group);
	if (!result)
		result = number_parse("mode", texts.mode, 8, 0, 0777, &access->mode);
	if (!result)
		result = number_parse("timeout", texts.timeout, 10, 1, 3600, &options->timeout);
	if (!result)
		result = number_parse("dissect_limit", texts.dissect_limit, 10, 1, 65536,
				      &options->dissect_limit);
	free(texts.owner);
	free(texts.group);
	free(texts.mode);
	free(texts.timeout);
	free(texts.dissect_limit);
	if (!result)
		result = defaults_add(arguments);
	if (!result && !options->mountpoint && !options->help && !options->version &&
	    !options->tables) {
		fprintf(stderr, "bpfview: say where to mount: bpfview [-f] [-o OPTIONS] "
				"MOUNTPOINT\n");
		result = -1;
	}
	return result;
}

void options_free(struct options *options)
{
	free(options->mountpoint);
	free(options->spool);
	free(options->load_folder);
}

void options_help(const char *program)
{
	printf("usage: %s [-f] [-o OPTIONS] MOUNTPOINT\n"
	       "\n"
	       "Shows the running kernel as files at MOUNTPOINT. Needs root.\n"
	       "\n"
	       "  -f               stay in the foreground\n"
	       "  -h, --help       this text\n"
	       "  -V, --version    the version\n"
	       "  --tables         each table with its columns; needs no root\n"
	       "  -o allow_other   let other users in, as the files' owner and mode say\n"
	       "  -o uid=,gid=     the files' owner and group, as numbers\n"
	       "  -o mode=         the files' mode, in octal (600); the write bits are for\n"
	       "                   dissect/input alone\n"
	       "  -o spool=DIR     where tables over 1 MiB are kept while open (/var/tmp)\n"
	       "  -o timeout=      seconds for which the kernel may hold up a table before it\n"
	       "                   fails with ETIMEDOUT (%d)\n"
	       "  -o load          let root load BPF objects, by cp into load/, and attach them\n"
	       "  -o load=DIR      load the objects of a folder, which is root's alone, at once\n"
	       "  -o attach_init   to the initial network namespace as well\n"
	       "  -o dissect_limit=  MiB of results that one exchange may have, and four times\n"
	       "                   that of its packets (%d)\n"
	       "\n"
	       "Other -o options are those of mount.fuse3(8).\n",
	       program, POOL_LIMIT / 1000, DISSECT_LIMIT);
}
