// SPDX-License-Identifier: GPL-2.0-only
/* iters/<instance>/params/: the variables of an object, and what its iterators are run over. */
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "document.h"
#include "explain.h"
#include "iters.h"
#include "kernel.h"
#include "map_find.h"
#include "object_loader.h"
#include "tree_directory.h"

/* A parameter of a target: which it is of, its text, and how a text becomes it. */
struct own_parameter {
	const char *name;
	bool (*is_of)(const char *target);
	void (*print)(const struct iter_choice *choice, struct buffer *out);
	int (*parse)(const char *text, struct iter_choice *out);
};

static bool is_of_cgroup(const char *target)
{
	return !strcmp(target, "cgroup");
}

static bool is_of_task(const char *target)
{
	return !strncmp(target, "task", 4);
}

static void map_print(const struct iter_choice *choice, struct buffer *out)
{
	buffer_put_string(out, choice->map);
}

static int map_parse(const char *text, struct iter_choice *out)
{
	uint32_t id;
	int error = *text ? map_find(text, &id) : 0;

	if (!error && strlen(text) >= sizeof(out->map))
		error = -ENOENT;
	if (!error)
		strcpy(out->map, text);
	return error;
}

static void cgroup_print(const struct iter_choice *choice, struct buffer *out)
{
	buffer_put_string(out, choice->cgroup);
}

static int cgroup_parse(const char *text, struct iter_choice *out)
{
	int cgroup = *text ? kernel_cgroup(text) : 0;

	if (cgroup < 0)
		return cgroup;
	if (*text)
		close(cgroup);
	strcpy(out->cgroup, text);
	return 0;
}

static const char *const orders[] = {
	[BPF_CGROUP_ITER_ORDER_UNSPEC] = "",	      [BPF_CGROUP_ITER_SELF_ONLY] = "self",
	[BPF_CGROUP_ITER_DESCENDANTS_PRE] = "pre",    [BPF_CGROUP_ITER_DESCENDANTS_POST] = "post",
	[BPF_CGROUP_ITER_ANCESTORS_UP] = "ancestors",
};

static void order_print(const struct iter_choice *choice, struct buffer *out)
{
	buffer_put_string(out, orders[choice->order]);
}

static int order_parse(const char *text, struct iter_choice *out)
{
	for (__u32 i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (strcmp(orders[i], text))
			continue;
		out->order = i;
		return 0;
	}
	return explain(-EINVAL, "", "an order is self, pre, post or ancestors, and not %.40s",
		       text);
}

static void number_print(pid_t number, struct buffer *out)
{
	if (number)
		buffer_put_unsigned(out, (uint64_t)number);
}

static void pid_print(const struct iter_choice *choice, struct buffer *out)
{
	number_print(choice->pid, out);
}

static void tid_print(const struct iter_choice *choice, struct buffer *out)
{
	number_print(choice->tid, out);
}

/* One of both: the other is none then. */
static int number_parse(const char *text, pid_t *out, pid_t *other)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(text, &end, 10);
	if (*end || text[strspn(text, "0123456789")])
		return explain(-EINVAL, "", "a task has a number, and not %.40s", text);
	if (errno || number > INT32_MAX)
		return explain(-ERANGE, "", "no task has a number like %.40s", text);
	*out = (pid_t)number;
	*other = 0;
	return 0;
}

static int pid_parse(const char *text, struct iter_choice *out)
{
	return number_parse(text, &out->pid, &out->tid);
}

static int tid_parse(const char *text, struct iter_choice *out)
{
	return number_parse(text, &out->tid, &out->pid);
}

static const struct own_parameter own[] = {
	{".map", object_target_is_map, map_print, map_parse},
	{".cgroup", is_of_cgroup, cgroup_print, cgroup_parse},
	{".order", is_of_cgroup, order_print, order_parse},
	{".pid", is_of_task, pid_print, pid_parse},
	{".tid", is_of_task, tid_print, tid_parse},
};

#define OWN (sizeof(own) / sizeof(own[0]))

static bool own_is_of(const struct own_parameter *parameter, const struct iters *iters)
{
	const struct iter_program *program;

	for (size_t i = 0; (program = iters_at(iters, i)); i++)
		if (parameter->is_of(program->target))
			return true;
	return false;
}

static const struct own_parameter *own_find(const struct iters *iters, const char *name)
{
	for (size_t i = 0; i < OWN; i++)
		if (!strcmp(own[i].name, name) && own_is_of(&own[i], iters))
			return &own[i];
	return NULL;
}

static int value_print(const struct iters *iters, const struct iter_choice *choice,
		       const char *name, struct buffer *out)
{
	const struct own_parameter *parameter = own_find(iters, name);
	const struct iter_variable *variable = iters_variable(iters, name);

	if (parameter) {
		parameter->print(choice, out);
		buffer_put_char(out, '\n');
		return 0;
	}
	return variable ? iters_variable_print(iters, variable, out) : -ENOENT;
}

static int params_lookup(const struct entry *in, const char *name, const struct caller *caller,
			 struct entry *out)
{
	char instance[sizeof(out->path)];
	struct iter_choice choice;
	struct buffer text = {0};
	struct iters *iters;
	int error = -ENOENT;

	(void)name, (void)caller;
	iters_instance(in, instance);
	iters = loaded_iters(instance, &choice);
	if (iters)
		error = value_print(iters, &choice, strrchr(out->path, '/') + 1, &text);
	iters_put(iters);
	if (!error) {
		out->document = document_create(&text);
		error = out->document ? 0 : -ENOMEM;
	}
	buffer_free(&text);
	out->type = ENTRY_DOCUMENT;
	out->stored = true;
	out->at_once = true; /* a shell has no eye for what its close says */
	out->brief = true;
	out->directory = &directory_params;
	return error;
}

static int params_list(const struct entry *in, const struct caller *caller, tree_add *add,
		       void *context)
{
	const struct iter_variable *variable;
	char instance[sizeof(in->path)];
	struct iters *iters;
	int stop = 0;

	(void)caller;
	iters_instance(in, instance);
	iters = loaded_iters(instance, NULL);
	for (size_t i = 0; iters && !stop && i < OWN; i++)
		if (own_is_of(&own[i], iters))
			stop = directory_add(in, own[i].name, ENTRY_DOCUMENT, add, context);
	for (size_t i = 0; iters && !stop && (variable = iters_variable_at(iters, i)); i++)
		stop = directory_add(in, variable->name, ENTRY_DOCUMENT, add, context);
	iters_put(iters);
	return stop;
}

/* A text of one line, without its newline. */
static int text_take(const struct buffer *bytes, char *out, size_t size)
{
	size_t length = bytes->size;

	if (length && bytes->data[length - 1] == '\n')
		length--;
	if (length >= size)
		return explain(-ENAMETOOLONG, "", "that is too long");
	if (length)
		memcpy(out, bytes->data, length);
	out[length] = '\0';
	return 0;
}

static int own_store(const char *instance, const struct own_parameter *parameter,
		     struct iter_choice *choice, const struct buffer *bytes)
{
	char text[sizeof(choice->cgroup)];
	int error = text_take(bytes, text, sizeof(text));

	if (!error)
		error = parameter->parse(text, choice);
	return error ? error : loaded_choice_set(instance, choice);
}

static int params_store(const struct entry *entry, struct buffer *bytes)
{
	const char *name = strrchr(entry->path, '/') + 1;
	const struct own_parameter *parameter;
	char instance[sizeof(entry->path)];
	struct iter_choice choice;
	struct iters *iters;
	int error;

	iters_instance(entry, instance);
	iters = loaded_iters(instance, &choice);
	if (!iters)
		return -ENOENT;
	parameter = own_find(iters, name);
	if (parameter)
		error = own_store(instance, parameter, &choice, bytes);
	else
		error = loaded_variable_set(instance, name, bytes->data, bytes->size);
	iters_put(iters);
	return error;
}

static const struct directory_changes changes = {.store = params_store};

const struct directory directory_params = {
	.lookup = params_lookup, .list = params_list, .changes = &changes};
