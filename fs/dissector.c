// SPDX-License-Identifier: GPL-2.0-only
#include "dissector.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"

/*
 * Two threads that run one program contend for its reference count: 1.2 times the rate of one,
 * against 1.7 with a copy of the program each.
 */
#define COPIES 2

/* A thread costs as much as some tens of runs. */
#define SHARE_LEAST 256
#define SHARE_STEP  32

struct dissector {
	const void *data;
	size_t size;
	pthread_mutex_t lock; /* of what follows */
	struct bpf_object *objects[COPIES];
};

/* Jobs that threads take from one another's front. */
struct share {
	uint32_t flags;
	struct dissector_job *jobs;
	size_t count;
	atomic_size_t next;
	int second; /* the program of the helping thread */
};

struct dissector *dissector_create(const void *object, size_t size)
{
	struct dissector *dissector = calloc(1, sizeof(*dissector));

	if (!dissector)
		return NULL;
	dissector->data = object;
	dissector->size = size;
	pthread_mutex_init(&dissector->lock, NULL);
	return dissector;
}

void dissector_free(struct dissector *dissector)
{
	if (!dissector)
		return;
	for (int i = 0; i < COPIES; i++)
		bpf_object__close(dissector->objects[i]);
	pthread_mutex_destroy(&dissector->lock);
	free(dissector);
}

static int object_load(struct dissector *dissector, struct bpf_object **out)
{
	const struct bpf_object_open_opts options = {
		.sz = sizeof(options),
		.object_name = "dissect",
	};
	struct bpf_object *object;
	int error = 0;

	object = bpf_object__open_mem(dissector->data, dissector->size, &options);
	if (!object)
		error = -errno;
	if (!error)
		error = bpf_object__load(object);
	if (!error) {
		*out = object;
		return 0;
	}
	bpf_object__close(object);
	return explain(error, "packets are dissected with CAP_BPF and CAP_NET_ADMIN",
		       "the dissector can't be loaded: %s", strerror(-error));
}

/* The file descriptor of a copy of the program, or why there is none. */
static int program_get(struct dissector *dissector, int copy)
{
	struct bpf_object **object = &dissector->objects[copy];
	int error = 0;

	pthread_mutex_lock(&dissector->lock);
	if (!*object)
		error = object_load(dissector, object);
	pthread_mutex_unlock(&dissector->lock);
	return error ? error : bpf_program__fd(bpf_object__next_program(*object, NULL));
}

static void job_run(int program, uint32_t flags, struct dissector_job *job)
{
	struct bpf_flow_keys context = {.flags = flags};
	struct bpf_test_run_opts options = {
		.sz = sizeof(options),
		.data_in = job->frame,
		.data_size_in = job->size,
		.data_out = job->keys,
		.data_size_out = sizeof(*job->keys),
	};

	/* The kernel takes and checks a copy of it, which costs as much as a short packet does. */
	if (flags) {
		options.ctx_in = &context;
		options.ctx_size_in = sizeof(context);
	}
	do
		job->error = bpf_prog_test_run_opts(program, &options);
	while (job->error == -EINTR);
	job->verdict = options.retval;
}

static void share_run(struct share *share, int program)
{
	size_t i, end;

	while ((i = atomic_fetch_add(&share->next, SHARE_STEP)) < share->count) {
		end = i + SHARE_STEP < share->count ? i + SHARE_STEP : share->count;
		for (; i < end; i++)
			job_run(program, share->flags, &share->jobs[i]);
	}
}

static void *share_help(void *argument)
{
	struct share *share = argument;

	share_run(share, share->second);
	return NULL;
}

/* Runs the share, with the help of a second thread when there is one. */
static void share_run_by_two(struct share *share, int program)
{
	pthread_t helper;

	if (pthread_create(&helper, NULL, share_help, share)) {
		share_run(share, program);
		return;
	}
	share_run(share, program);
	pthread_join(helper, NULL);
}

int dissector_run(struct dissector *dissector, uint32_t flags, struct dissector_job *jobs,
		  size_t count)
{
	struct share share = {.flags = flags, .jobs = jobs, .count = count};
	int program = program_get(dissector, 0);

	if (program < 0)
		return program;
	if (count >= SHARE_LEAST) {
		share.second = program_get(dissector, 1);
		if (share.second < 0)
			return share.second;
		share_run_by_two(&share, program);
	} else {
		share_run(&share, program);
	}
	return 0;
}
