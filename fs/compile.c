// SPDX-License-Identifier: GPL-2.0-only
#include "compile.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buffer.h"
#include "document.h"
#include "explain.h"

#define COMPILE_SECONDS 60
#define MEMORY_MOST	(2UL << 30)

static char include_option[4096];

/* The three files of a compilation: what clang reads, writes and says. */
struct files {
	int source, object, messages;
};

void compile_set_mount(const char *path)
{
	snprintf(include_option, sizeof(include_option), "-I%s/include", path);
}

static void files_close(const struct files *files)
{
	close(files->source);
	close(files->object);
	close(files->messages);
}

/* The first line has clang call the source by its name. */
static int files_open(struct files *files, const char *name, const struct document *source)
{
	files->source = memfd_create("source", MFD_CLOEXEC);
	files->object = memfd_create("object", MFD_CLOEXEC);
	files->messages = memfd_create("messages", MFD_CLOEXEC);
	if (files->source < 0 || files->object < 0 || files->messages < 0 ||
	    dprintf(files->source, "#line 1 \"%s.bpf.c\"\n", name) < 0 ||
	    write(files->source, source->bytes, source->size) != (ssize_t)source->size ||
	    lseek(files->source, 0, SEEK_SET))
		return -ENOMEM;
	return 0;
}

static int clang_spawn(const struct files *files, pid_t *out)
{
	/* <asm/types.h> is that of the machine's own architecture, and libc's headers ask for it.
	 */
	char folder[] = "/usr/include/" MACHINE_FOLDER, machine[] = "-D__" MACHINE "__";
	char target[] = "-D__TARGET_ARCH_" BPF_ARCH;
	char *const arguments[] = {"clang",	 "-O2",	  "-g",	  "-target", "bpf",
				   "-mcpu=v3",	 "-Wall", target, machine,   include_option,
				   "-idirafter", folder,  "-x",	  "c",	     "-c",
				   "-",		 "-o",	  "-",	  NULL};
	posix_spawn_file_actions_t actions;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, files->source, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, files->object, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, files->messages, STDERR_FILENO);
	error = posix_spawnp(out, "clang", &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error == ENOENT)
		return explain(-EOPNOTSUPP, "install clang, or compile it elsewhere",
			       "clang is not installed");
	return -error;
}

/* 0 when it succeeded, 1 when it found errors, or -ETIMEDOUT. */
static int clang_wait(pid_t process)
{
	const struct rlimit memory = {MEMORY_MOST, MEMORY_MOST};
	struct pollfd ended = {.fd = (int)syscall(SYS_pidfd_open, process, 0), .events = POLLIN};
	int status = 0;

	prlimit(process, RLIMIT_AS, &memory, NULL);
	if (ended.fd < 0 || poll(&ended, 1, COMPILE_SECONDS * 1000) <= 0)
		kill(process, SIGKILL);
	waitpid(process, &status, 0);
	if (ended.fd >= 0)
		close(ended.fd);
	if (WIFSIGNALED(status))
		return explain(-ETIMEDOUT, "", "clang took more than %d s or %lu MiB",
			       COMPILE_SECONDS, MEMORY_MOST >> 20);
	return status != 0;
}

static int file_take(int file, struct buffer *out)
{
	struct stat attributes;
	ssize_t got;

	if (fstat(file, &attributes) || !buffer_room(out, (size_t)attributes.st_size + 1))
		return -ENOMEM;
	got = pread(file, out->data + out->size, (size_t)attributes.st_size, 0);
	out->size += got > 0 ? (size_t)got : 0;
	return 0;
}

static int source_explain(const struct buffer *messages)
{
	static const char mark[] = "error: ";
	const char *at = memmem(messages->data, messages->size, mark, strlen(mark));
	const char *end = messages->data + messages->size, *begin;

	if (!at)
		return explain(-EINVAL, "the whole of it is below", "clang refuses it");
	begin = memrchr(messages->data, '\n', (size_t)(at - messages->data));
	begin = begin ? begin + 1 : messages->data;
	at = memchr(at, '\n', (size_t)(end - at));
	return explain(-EINVAL, "clang's words are below", "%.*s", (int)((at ? at : end) - begin),
		       begin);
}

int compile(const char *name, const struct document *source, struct buffer *object,
	    struct buffer *messages)
{
	struct files files;
	int error = files_open(&files, name, source);
	pid_t process;

	if (!error)
		error = clang_spawn(&files, &process);
	if (!error)
		error = clang_wait(process);
	if (error >= 0 && file_take(files.messages, messages))
		error = -ENOMEM;
	if (error > 0)
		error = source_explain(messages);
	if (!error)
		error = file_take(files.object, object);
	files_close(&files);
	return error;
}
