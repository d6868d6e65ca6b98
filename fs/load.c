// SPDX-License-Identifier: GPL-2.0-only
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buffer.h"
#include "dissector.h"
#include "document.h"
#include "iters.h"
#include "load_report.h"

/* A load under way. Its descriptors are -1 when they are not open. */
struct load {
	int object, values, log, socket, theirs;
	pid_t process;
	struct load_report report;
	int descriptors[LOAD_DESCRIPTORS_MOST];
	size_t count; /* of descriptors that have come */
};

static void load_close(struct load *load)
{
	const int all[] = {load->object, load->values, load->log, load->socket, load->theirs};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] >= 0)
			close(all[i]);
}

/* A file of those bytes, or a negative errno. */
static int file_of(const char *name, const void *bytes, size_t size)
{
	int file = memfd_create(name, MFD_CLOEXEC);

	if (file < 0)
		return -errno;
	if (!size || write(file, bytes, size) == (ssize_t)size)
		return file;
	close(file);
	return errno ? -errno : -ENOSPC;
}

static int load_open(struct load *load, const struct load_request *request)
{
	int pair[2] = {-1, -1};

	load->object = file_of("object", request->object->bytes, request->object->size);
	load->values =
		file_of("values", request->values, request->count * sizeof(*request->values));
	load->log = file_of("log", NULL, 0);
	if (load->object < 0 || load->values < 0 || load->log < 0)
		return -ENOMEM;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return -errno;
	load->socket = pair[0];
	load->theirs = pair[1];
	return 0;
}

static int load_spawn(struct load *load, const char *name)
{
	char *const arguments[] = {"bpfview", LOAD_ARGUMENT, (char *)name, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	int error;

	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawn_file_actions_init(&actions);
	/* Opened in this order, none of them is one that is put in the place of an earlier one. */
	posix_spawn_file_actions_adddup2(&actions, load->object, LOAD_OBJECT);
	posix_spawn_file_actions_adddup2(&actions, load->log, LOAD_LOG);
	posix_spawn_file_actions_adddup2(&actions, load->log, STDERR_FILENO);
	posix_spawn_file_actions_adddup2(&actions, load->theirs, LOAD_REPORT);
	posix_spawn_file_actions_adddup2(&actions, load->values, LOAD_VALUES);
	error = posix_spawn(&load->process, "/proc/self/exe", &actions, &attributes, arguments,
			    environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	close(load->theirs);
	load->theirs = -1;
	return -error;
}

/* Takes the descriptors out of a message. */
static void descriptors_take(struct load *load, struct msghdr *message)
{
	struct cmsghdr *control = CMSG_FIRSTHDR(message);

	if (!control || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
		return;
	load->count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(load->descriptors, CMSG_DATA(control), load->count * sizeof(int));
}

/* Whether the numbers in it are those of its descriptors. */
static bool report_is_whole(const struct load *load)
{
	const struct load_report *report = &load->report;

	return report->dissectors <= 1 && report->iterator_count <= LOAD_ITERATORS &&
	       report->maps <= LOAD_MAPS &&
	       load->count == (size_t)report->dissectors + report->iterator_count + report->maps;
}

/* Whether a whole report came. */
static bool report_receive(struct load *load)
{
	char control[CMSG_SPACE(sizeof(load->descriptors))];
	struct iovec bytes = {&load->report, sizeof(load->report)};
	struct msghdr message = {
		.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t got = recvmsg(load->socket, &message, MSG_CMSG_CLOEXEC);

	if (got > 0)
		descriptors_take(load, &message);
	return got == sizeof(load->report) && (load->report.error < 0 || report_is_whole(load));
}

/* How the process ended that made no report. */
static int crash_explain(int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return explain(-ETIMEDOUT, "bound its loops by numbers, or split it up",
			       "loading it took more than %d s", LOAD_SECONDS);
	if (WIFSIGNALED(status))
		return explain(-EIO, "the object file may be damaged: compile it anew",
			       "the process that loaded it ended by a signal: %s",
			       strsignal(WTERMSIG(status)));
	return explain(-EIO, "the object file may be damaged: compile it anew",
		       "the process that loaded it ended with %d", WEXITSTATUS(status));
}

static int load_wait(struct load *load)
{
	struct pollfd readable = {.fd = load->socket, .events = POLLIN};
	bool late = poll(&readable, 1, LOAD_SECONDS * 1000) == 0;
	bool reported = !late && report_receive(load);
	int status = 0;

	kill(load->process, SIGKILL); /* of one that has crashed the status is set already */
	waitpid(load->process, &status, 0);
	if (late)
		return explain(-ETIMEDOUT, "bound its loops by numbers, or split it up",
			       "loading it took more than %d s", LOAD_SECONDS);
	if (!reported)
		return crash_explain(status);
	if (load->report.error < 0)
		return explain(load->report.error, load->report.words.hint, "%s",
			       load->report.words.message);
	return 0;
}

static void log_begin(struct buffer *log, int error, const struct explanation *words)
{
	if (error)
		buffer_printf(log, "failed: %s: %s\n", strerrorname_np(-error),
			      words->message[0] ? words->message : strerror(-error));
	else
		buffer_printf(log, "loaded: %s\n", words->message);
	if (words->hint[0])
		buffer_printf(log, "hint: %s\n", words->hint);
	buffer_put_char(log, '\n');
}

/* The words, which this thread keeps, and then what the file has. */
static struct document *log_make(int error, const struct explanation *loaded, int file)
{
	struct explanation words;
	struct buffer log = {0};
	struct stat attributes;

	explain_take(&words);
	log_begin(&log, error, error ? &words : loaded);
	if (file >= 0 && !fstat(file, &attributes) &&
	    buffer_room(&log, (size_t)attributes.st_size)) {
		ssize_t got = pread(file, log.data + log.size, (size_t)attributes.st_size, 0);

		if (got > 0)
			log.size += (size_t)got;
	}
	if (error)
		explain(error, words.hint, "%s", words.message);
	return document_create(&log);
}

struct document *load_log(int error)
{
	static const struct explanation nothing;

	return log_make(error, &nothing, -1);
}

/* The same map again, for another that keeps it. */
static void maps_copy(const int *maps, int *copies, size_t count)
{
	for (size_t i = 0; i < count; i++)
		copies[i] = fcntl(maps[i], F_DUPFD_CLOEXEC, 0);
}

/* Of the descriptors, all of which are taken. */
static int result_make(struct load *load, struct load_result *out)
{
	const struct load_report *report = &load->report;
	const int *iterators = load->descriptors + report->dissectors;
	const int *maps = iterators + report->iterator_count;
	int copies[LOAD_MAPS], error = 0;

	load->count = 0;
	if (report->dissectors && report->iterator_count)
		maps_copy(maps, copies, report->maps);
	if (report->iterator_count)
		error = iters_create(report, iterators, maps, &out->iters);
	if (!report->dissectors)
		return error;
	out->dissector = dissector_of(load->descriptors[0], report->iterator_count ? copies : maps,
				      report->maps);
	return error ? error : out->dissector ? 0 : -ENOMEM;
}

void load_result_put(struct load_result *result)
{
	dissector_put(result->dissector);
	iters_put(result->iters);
	*result = (struct load_result){0};
}

int load_object(const struct load_request *request, struct load_result *out, struct document **log)
{
	struct load load = {.object = -1, .values = -1, .log = -1, .socket = -1, .theirs = -1};
	int error = load_open(&load, request);

	*out = (struct load_result){0};
	if (!error)
		error = load_spawn(&load, request->name);
	if (!error)
		error = load_wait(&load);
	if (!error)
		error = result_make(&load, out);
	*log = log_make(error, &load.report.words, load.log);
	for (size_t i = 0; i < load.count; i++)
		close(load.descriptors[i]);
	if (error)
		load_result_put(out);
	load_close(&load);
	return error;
}
