// SPDX-License-Identifier: GPL-2.0-only
#include "loader.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "load.h"
#include "load_report.h"
#include "loader_check.h"
#include "loader_hints.h"
#include "loader_variables.h"
#include "object_loader.h"

#define MEMORY_MOST (1UL << 30) /* bytes; the kernel's BTF alone takes some tens of millions */

/* The verifier's log: how it went, or every step. */
enum verbosity {
	BRIEF = 4,
	EVERYTHING = 1 | BRIEF,
};

struct file {
	const void *bytes;
	size_t size;
};

static void limit(int resource, rlim_t most)
{
	const struct rlimit limits = {most, most};

	setrlimit(resource, &limits);
}

static void limits_set(void)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, LOAD_SECONDS);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow is terabytes */
	limit(RLIMIT_AS, MEMORY_MOST);
#endif
}

static int log_print(enum libbpf_print_level level, const char *format, va_list arguments)
{
	(void)level;
	return vdprintf(LOAD_LOG, format, arguments);
}

static int file_map(int descriptor, struct file *out)
{
	struct stat attributes;

	if (fstat(descriptor, &attributes))
		return -errno;
	out->size = (size_t)attributes.st_size;
	if (!out->size)
		return explain(-ENOEXEC, "", "the object is empty");
	out->bytes = mmap(NULL, out->size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	return out->bytes == MAP_FAILED ? -errno : 0;
}

static int object_open(const struct file *file, const char *name, enum verbosity verbosity,
		       struct bpf_object **out)
{
	const struct bpf_object_open_opts options = {
		.sz = sizeof(options),
		.object_name = name,
		.kernel_log_level = verbosity,
	};

	*out = bpf_object__open_mem(file->bytes, file->size, &options);
	if (*out)
		return 0;
	if (errno == ENOENT)
		return explain(-ENOEXEC, "compile it with -g", "the object has no BTF");
	if (errno == EOPNOTSUPP)
		return explain(-ENOEXEC, "declare them in SEC(\".maps\")",
			       "its maps are declared as libbpf has them no more since 1.0");
	return explain(-ENOEXEC, "compile it with clang -O2 -g -target bpf -c",
		       "it is no BPF object that libbpf can read");
}

/*
 * Opened, checked and loaded. The object is the caller's, or NULL after an error; `refused` says
 * that it was the kernel's.
 */
static int object_load(const struct file *file, const char *name, enum verbosity verbosity,
		       struct bpf_object **out, bool *refused)
{
	int error = object_open(file, name, verbosity, out);

	if (!error)
		error = check_object(*out);
	if (!error)
		error = variables_set(*out);
	*refused = !error && bpf_object__load(*out);
	if (*refused)
		error = -EACCES;
	if (error) {
		bpf_object__close(*out);
		*out = NULL;
	}
	return error;
}

/* Once more, for every step of the verifier. */
static int object_load_again(const struct file *file, const char *name, struct bpf_object **out)
{
	struct file log = {0};
	bool refused;
	int error;

	if (ftruncate(LOAD_LOG, 0) || lseek(LOAD_LOG, 0, SEEK_SET))
		return -errno;
	error = object_load(file, name, EVERYTHING, out, &refused);
	if (refused && !file_map(LOAD_LOG, &log))
		error = hints_explain(log.bytes, log.size);
	return error;
}

static uint32_t instructions_of(int program)
{
	struct bpf_prog_info info = {0};
	uint32_t size = sizeof(info);

	return bpf_obj_get_info_by_fd(program, &info, &size) ? 0 : info.verified_insns;
}

/* Whether the kernel will iterate it, so that a failure is said now, not when it is opened. */
static int iterator_check(const struct bpf_program *program)
{
	const char *target = object_target(program);
	int link;

	if (object_target_is_map(target))
		return 0; /* which map is not known yet */
	link = object_link(bpf_program__fd(program), target);
	if (link >= 0)
		return close(link);
	return explain(
		-EACCES,
		"iter.s/ is for task, task_file, task_vma, cgroup, ksym, kmem_cache and dmabuf",
		"the kernel does not iterate %s for program %s: %s",
		bpf_program__section_name(program), bpf_program__name(program), strerror(-link));
}

static int iterators_fill(struct load_report *report, struct bpf_object *object, int *descriptors)
{
	struct bpf_program *program;
	int error = 0;

	bpf_object__for_each_program(program, object)
	{
		struct load_iterator *iterator = &report->iterators[report->iterator_count];

		if (!bpf_program__autoload(program) || !program_is_iterator(program))
			continue;
		if (report->iterator_count == LOAD_ITERATORS)
			return explain(-EACCES, "", "an object may have %d iterators",
				       LOAD_ITERATORS);
		error = iterator_check(program);
		if (error)
			return error;
		strncpy(iterator->name, bpf_program__name(program), sizeof(iterator->name) - 1);
		strncpy(iterator->target, object_target(program), sizeof(iterator->target) - 1);
		descriptors[report->iterator_count++] = bpf_program__fd(program);
	}
	return 0;
}

static void words_fill(struct load_report *report, const struct bpf_program *entry)
{
	char *words = report->words.message;
	size_t size = sizeof(report->words.message), length = 0;

	if (entry)
		length = (size_t)snprintf(
			words, size, "flow dissector %s: %u instructions verified",
			bpf_program__name(entry), instructions_of(bpf_program__fd(entry)));
	for (uint32_t i = 0; i < report->iterator_count && length < size; i++)
		length += (size_t)snprintf(words + length, size - length, "%siterator %s of %s",
					   length ? ", " : "", report->iterators[i].name,
					   report->iterators[i].target);
}

/* What there is, and its descriptors. 0 or a negative errno. */
static int report_fill(struct load_report *report, struct bpf_object *object, int *descriptors)
{
	struct bpf_program *entry;
	struct bpf_map *map;
	int error = check_entry(object, &entry);

	if (!error && entry) {
		error = jump_table_fill(object);
		descriptors[0] = bpf_program__fd(entry);
		report->dissectors = 1;
	}
	if (!error)
		error = iterators_fill(report, object, descriptors + report->dissectors);
	if (error)
		return error;
	descriptors += report->dissectors + report->iterator_count;
	bpf_object__for_each_map(map, object) if (bpf_map__fd(map) >= 0)
		descriptors[report->maps++] = bpf_map__fd(map);
	words_fill(report, entry);
	return 0;
}

static int report_send(const struct load_report *report, const int *descriptors, size_t count)
{
	char control[CMSG_SPACE(LOAD_DESCRIPTORS_MOST * sizeof(int))] = {0};
	struct iovec bytes = {(void *)report, sizeof(*report)};
	struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
	struct cmsghdr *header = (struct cmsghdr *)control;

	if (count) {
		message.msg_control = control;
		message.msg_controllen = CMSG_SPACE(count * sizeof(int));
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
	}
	return sendmsg(LOAD_REPORT, &message, 0) == sizeof(*report) ? 0 : 1;
}

int loader_main(const char *name)
{
	struct load_report report = {0};
	struct bpf_object *object = NULL;
	int descriptors[LOAD_DESCRIPTORS_MOST];
	struct file file = {0};
	bool refused = false;

	close_range(LOAD_DESCRIPTORS, ~0U, 0);
	limits_set();
	libbpf_set_print(log_print);
	report.error = file_map(LOAD_OBJECT, &file);
	if (!report.error)
		report.error = object_load(&file, name, BRIEF, &object, &refused);
	if (refused)
		report.error = object_load_again(&file, name, &object);
	if (!report.error)
		report.error = check_calls(object);
	if (!report.error)
		report.error = report_fill(&report, object, descriptors);
	if (report.error)
		explain_take(&report.words);
	return report_send(&report, descriptors,
			   report.error ? 0
					: report.dissectors + report.iterator_count + report.maps);
}
