// SPDX-License-Identifier: GPL-2.0-only
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "iterator.h"
#include "iters_inside.h"
#include "kernel.h"
#include "map_find.h"
#include "object_loader.h"
#include "passes.h"
#include "raw.h"
#include "schema.h"
#include "source.h"

/* A run, which keeps the programs that it runs. */
struct run {
	struct source source, *inner;
	struct iters *iters;
	int link;
	int process; /* the one that is iterated, or -1 */
	bool was_ending; /* before */
};

static ssize_t run_fill(struct source *source, void *records, size_t size)
{
	struct run *run = (struct run *)source;
	ssize_t got = source_fill(run->inner, records, size);

	/* The kernel itself has nothing more to say of it then, and no error. */
	if (!got && run->process >= 0 && !run->was_ending && kernel_process_ends(run->process))
		return explain(-ENOENT, "", "the process ended while it was read");
	return got;
}

static void run_free(struct source *source)
{
	struct run *run = (struct run *)source;

	source_free(run->inner);
	if (run->process >= 0)
		close(run->process);
	if (run->link >= 0)
		close(run->link);
	iters_put(run->iters);
	free(run);
}

static const struct source_operations operations = {run_fill, run_free};

/* What a link is made for: descriptors, which it needs no longer than that. */
struct attachment {
	union bpf_iter_link_info info;
	bool has_info;
	int descriptor; /* of a map or cgroup, or -1 */
};

static int attach_map(const struct iter_choice *choice, struct attachment *out)
{
	uint32_t id;
	int error;

	if (!choice->map[0])
		return explain(-EINVAL, "write the name or id of a map into params/.map",
			       "it iterates a map, and which is not said");
	error = map_find(choice->map, &id);
	if (error)
		return error;
	out->descriptor = kernel_map(id);
	out->info.map.map_fd = (__u32)out->descriptor;
	return out->descriptor < 0 ? out->descriptor : 0;
}

static int attach_cgroup(const struct iter_choice *choice, struct attachment *out)
{
	out->info.cgroup.order = choice->order ? choice->order : BPF_CGROUP_ITER_DESCENDANTS_PRE;
	if (!choice->cgroup[0])
		return 0;
	out->descriptor = kernel_cgroup(choice->cgroup);
	out->info.cgroup.cgroup_fd = (__u32)out->descriptor;
	return out->descriptor < 0 ? out->descriptor : 0;
}

static bool is_of_tasks(const struct iter_program *program)
{
	return !strncmp(program->target, "task", 4);
}

static int attach_prepare(const struct iter_program *program, const struct iter_choice *choice,
			  struct attachment *out)
{
	*out = (struct attachment){.descriptor = -1};
	if (object_target_is_map(program->target)) {
		out->has_info = true;
		return attach_map(choice, out);
	}
	if (!strcmp(program->target, "cgroup")) {
		out->has_info = true;
		return attach_cgroup(choice, out);
	}
	if (!is_of_tasks(program))
		return 0;
	out->has_info = choice->pid || choice->tid;
	out->info.task.pid = (__u32)choice->pid;
	out->info.task.tid = (__u32)choice->tid;
	return 0;
}

int iters_link(const struct program *program, const struct iter_choice *choice)
{
	struct attachment attachment;
	int link = attach_prepare(&program->shown, choice, &attachment);
	struct bpf_link_create_opts options = {
		.sz = sizeof(options),
		.iter_info = &attachment.info,
		.iter_info_len = sizeof(attachment.info),
	};

	if (link)
		return link;
	link = bpf_link_create(program->descriptor, 0, BPF_TRACE_ITER,
			       attachment.has_info ? &options : NULL);
	if (link < 0)
		link = explain(-errno, "params/ says what is iterated",
			       "the kernel won't iterate %s for %s: %s", program->shown.target,
			       program->shown.name, strerror(errno));
	if (attachment.descriptor >= 0)
		close(attachment.descriptor);
	return link;
}

/* Those are of a network namespace, and some wait for a socket's lock. */
static bool is_of_network(const struct iter_program *program)
{
	static const char *const targets[] = {"tcp", "udp", "unix", "netlink", "ipv6_route"};

	for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++)
		if (!strcmp(program->target, targets[i]))
			return true;
	return false;
}

static int process_find(struct run *run, const struct iter_program *shown,
			const struct iter_choice *choice, const struct iter_scope *scope)
{
	run->process = -1;
	if (!choice->pid || !is_of_tasks(shown))
		return 0;
	run->process = kernel_process(scope->pids, choice->pid);
	if (run->process < 0)
		return run->process;
	run->was_ending = kernel_process_ends(run->process);
	return 0;
}

static int iterator_make(const struct program *program, int link, const struct iter_choice *choice,
			 const struct iter_scope *scope)
{
	if (is_of_network(&program->shown))
		return kernel_network_iterator(link, scope->network);
	return kernel_tasks_iterator(link, scope->pids, 0,
				     is_of_tasks(&program->shown) ? choice->tid : 0);
}

static int inner_make(const struct program *program, int link, const struct iter_choice *choice,
		      const struct iter_scope *scope, struct source **out)
{
	const struct schema *schema = program->schema ? program->schema : &raw_schema;
	int iterator;

	if (program->in_passes)
		return passes_source_create(link, schema, out);
	iterator = iterator_make(program, link, choice, scope);
	return iterator < 0 ? iterator : iterator_source_create(iterator, schema, NULL, out);
}

int iters_open(struct iters *iters, const struct iter_program *shown,
	       const struct iter_choice *choice, const struct iter_scope *scope,
	       struct source **out)
{
	const struct program *program = (const struct program *)shown;
	struct run *run = calloc(1, sizeof(*run));
	int error = run ? 0 : -ENOMEM;

	if (!run)
		return error;
	run->source.operations = &operations;
	run->iters = iters_get(iters);
	error = process_find(run, shown, choice, scope);
	run->link = error ? error : iters_link(program, choice);
	error = run->link < 0 ? run->link
			      : inner_make(program, run->link, choice, scope, &run->inner);
	if (error) {
		run_free(&run->source);
		return error;
	}
	run->source.schema = run->inner->schema;
	run->source.batch = run->inner->batch;
	run->source.whole = is_of_network(shown);
	*out = &run->source;
	return 0;
}
