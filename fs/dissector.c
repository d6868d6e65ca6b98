// SPDX-License-Identifier: GPL-2.0-only
#include "dissector.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "dissector_batch.h"
#include "explain.h"

/* From so many frames on a batch is worth its loading. */
#define BATCH_LEAST 64

struct dissector {
	const void *data;
	size_t size;
	struct dissector_batch *batch;
	pthread_mutex_t lock; /* of what follows */
	struct bpf_object *object;
};

struct dissector *dissector_create(const void *object, size_t size, struct dissector_batch *batch)
{
	struct dissector *dissector = calloc(1, sizeof(*dissector));

	if (!dissector) {
		dissector_batch_free(batch);
		return NULL;
	}
	dissector->data = object;
	dissector->size = size;
	dissector->batch = batch;
	pthread_mutex_init(&dissector->lock, NULL);
	return dissector;
}

void dissector_free(struct dissector *dissector)
{
	if (!dissector)
		return;
	bpf_object__close(dissector->object);
	dissector_batch_free(dissector->batch);
	pthread_mutex_destroy(&dissector->lock);
	free(dissector);
}

static int object_load(const struct dissector *dissector, struct bpf_object **out)
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

/* The file descriptor of the program, or why there is none. */
static int program_get(struct dissector *dissector)
{
	int error = 0;

	pthread_mutex_lock(&dissector->lock);
	if (!dissector->object)
		error = object_load(dissector, &dissector->object);
	pthread_mutex_unlock(&dissector->lock);
	return error ? error : bpf_program__fd(bpf_object__next_program(dissector->object, NULL));
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
		.ctx_in = &context,
		.ctx_size_in = sizeof(context),
	};

	do
		job->error = bpf_prog_test_run_opts(program, &options);
	while (job->error == -EINTR);
	job->verdict = options.retval;
}

int dissector_run(struct dissector *dissector, uint32_t flags, struct dissector_job *jobs,
		  size_t count)
{
	int program = program_get(dissector);

	if (program < 0)
		return program;
	for (size_t i = 0; i < count; i++)
		jobs[i].error = -EAGAIN;
	if (dissector->batch && count >= BATCH_LEAST)
		dissector_batch_run(dissector->batch, flags, jobs, count);
	for (size_t i = 0; i < count; i++)
		if (jobs[i].error == -EAGAIN)
			job_run(program, flags, &jobs[i]);
	return 0;
}
