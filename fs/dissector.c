// SPDX-License-Identifier: GPL-2.0-only
#include "dissector.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dissector_batch.h"
#include "explain.h"
#include "object.h"

/* From so many frames on a batch is worth its loading. */
#define BATCH_LEAST 64

/* A program, and what it is loaded from at its first use. */
struct part {
	const struct object *object; /* NULL when it has been loaded elsewhere */
	struct bpf_object *loaded;
	int program;
};

struct dissector {
	atomic_uint references;
	struct dissector_batch *batch;
	pthread_mutex_t lock; /* of the parts */
	struct part test, live;
	atomic_ullong packets, ok, dropped, continued;
	size_t maps_count;
	int maps[];
};

struct dissector *dissector_create(const struct object *one, const struct object *many,
				   const struct object *live)
{
	struct dissector *dissector = calloc(1, sizeof(*dissector));

	if (!dissector)
		return NULL;
	dissector->references = 1;
	dissector->test = (struct part){one, NULL, -1};
	dissector->live = (struct part){live, NULL, -1};
	pthread_mutex_init(&dissector->lock, NULL);
	if (many)
		dissector->batch = dissector_batch_create(many->data, many->size);
	return dissector;
}

struct dissector *dissector_of(int program, const int *maps, size_t count)
{
	struct dissector *dissector = calloc(1, sizeof(*dissector) + count * sizeof(*maps));

	if (!dissector) {
		close(program);
		for (size_t i = 0; i < count; i++)
			close(maps[i]);
		return NULL;
	}
	dissector->references = 1;
	dissector->test.program = dissector->live.program = program;
	pthread_mutex_init(&dissector->lock, NULL);
	dissector->maps_count = count;
	if (count)
		memcpy(dissector->maps, maps, count * sizeof(*maps));
	return dissector;
}

struct dissector *dissector_get(struct dissector *dissector)
{
	dissector->references++;
	return dissector;
}

void dissector_put(struct dissector *dissector)
{
	if (!dissector || --dissector->references)
		return;
	if (!dissector->test.object)
		close(dissector->test.program);
	bpf_object__close(dissector->test.loaded);
	bpf_object__close(dissector->live.loaded);
	for (size_t i = 0; i < dissector->maps_count; i++)
		close(dissector->maps[i]);
	dissector_batch_free(dissector->batch);
	pthread_mutex_destroy(&dissector->lock);
	free(dissector);
}

void dissectors_put(const struct dissectors *dissectors)
{
	dissector_put(dissectors->first);
	dissector_put(dissectors->second);
	dissector_put(dissectors->kernel);
}

static int part_load(struct part *part)
{
	const struct bpf_object_open_opts options = {
		.sz = sizeof(options),
		.object_name = "dissect",
	};
	struct bpf_object *object;
	int error = 0;

	object = bpf_object__open_mem(part->object->data, part->object->size, &options);
	if (!object)
		error = -errno;
	if (!error)
		error = bpf_object__load(object);
	if (!error) {
		part->loaded = object;
		part->program = bpf_program__fd(bpf_object__next_program(object, NULL));
		return 0;
	}
	bpf_object__close(object);
	return explain(error, "packets are dissected with CAP_BPF and CAP_NET_ADMIN",
		       "the dissector can't be loaded: %s", strerror(-error));
}

static int part_program(struct dissector *dissector, struct part *part)
{
	int error = 0;

	pthread_mutex_lock(&dissector->lock);
	if (part->object && !part->loaded)
		error = part_load(part);
	pthread_mutex_unlock(&dissector->lock);
	return error ? error : part->program;
}

int dissector_live(struct dissector *dissector)
{
	return part_program(dissector, &dissector->live);
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

static void jobs_count(struct dissector *dissector, const struct dissector_job *jobs, size_t count)
{
	struct dissector_counts add = {0};

	for (size_t i = 0; i < count; i++) {
		if (jobs[i].error)
			continue;
		add.packets++;
		add.ok += jobs[i].verdict == BPF_OK;
		add.dropped += jobs[i].verdict == BPF_DROP;
		add.continued += jobs[i].verdict == BPF_FLOW_DISSECTOR_CONTINUE;
	}
	dissector->packets += add.packets;
	dissector->ok += add.ok;
	dissector->dropped += add.dropped;
	dissector->continued += add.continued;
}

int dissector_run(struct dissector *dissector, uint32_t flags, struct dissector_job *jobs,
		  size_t count)
{
	int program = part_program(dissector, &dissector->test);

	if (program < 0)
		return program;
	for (size_t i = 0; i < count; i++)
		jobs[i].error = -EAGAIN;
	if (dissector->batch && count >= BATCH_LEAST)
		dissector_batch_run(dissector->batch, flags, jobs, count);
	for (size_t i = 0; i < count; i++)
		if (jobs[i].error == -EAGAIN)
			job_run(program, flags, &jobs[i]);
	jobs_count(dissector, jobs, count);
	return 0;
}

void dissector_count(const struct dissector *dissector, struct dissector_counts *out)
{
	*out = (struct dissector_counts){
		.packets = dissector->packets,
		.ok = dissector->ok,
		.dropped = dissector->dropped,
		.continued = dissector->continued,
	};
}
