// SPDX-License-Identifier: GPL-2.0-only
#include "loader_hints.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "explain.h"

/* The verifier's last lines begin so; why it refused is in the line before them. */
static const char *const endings[] = {"\nverification time ", "\nprocessed "};

#define LINE_MOST 200

#define NO_TARGET "failed to find kernel BTF type ID of"

/* The first that the log holds. */
static const struct known {
	const char *words, *hint;
	bool line; /* the words' own line says it best */
} known[] = {
	{"from non-GPL compatible", "it needs char LICENSE[] SEC(\"license\") = \"GPL\""},
	{"cannot call GPL-restricted", "it needs char LICENSE[] SEC(\"license\") = \"GPL\""},
	{"failed to resolve CO-RE relocation",
	 "this kernel has no such type or member: ask with bpf_core_field_exists()"},
	{NO_TARGET, "this kernel has no such iterator: README has those there are, by kernel",
	 true},
	{"not found in kernel or module BTFs", "this kernel has no such function or variable",
	 true},
	{"invalid access to packet", "compare with data_end before each read, as dissect_header() "
				     "of bpfview/dissect.bpf.h does"},
	{"offset is outside of the packet",
	 "the verifier lost the bound of the offset: compare it with a number again"},
	{"invalid bpf_context access",
	 "a flow dissector may read data, data_end and flow_keys of its context alone"},
	{"access to flow keys", "flow_keys has 56 bytes, at constant offsets"},
	{"arithmetic on flow_keys", "flow_keys is read and written at constant offsets"},
	{"cannot write into packet", "a flow dissector can't change the packet"},
	{"program of this type cannot use helper", "flow dissectors have no such helper"},
	{"unknown func", "flow dissectors, or this kernel, have no such helper"},
	{"jumps is too complex", "bound the loop by a number, or use bpf_loop()"},
	{"infinite loop detected", "bound the loop by a number, or use bpf_loop()", true},
	{"BPF program is too large. Processed",
	 "put the steps of a loop into functions that are not static, with noinline"},
	{"too many states", "put the steps of a loop into functions that are not static"},
	{"combined stack size", "a program has 512 bytes of stack: put large things into a map"},
	{"looks like the BPF stack limit", "a program has 512 bytes of stack"},
	{"!read_ok", "it reads a variable that was never set"},
	{"invalid mem access 'scalar'", "read kernel memory with bpf_probe_read_kernel()"},
	{"or_null", "compare the pointer with NULL before it is used"},
	{"Argument list too long", "a map is too large for this kernel"},
	{"Operation not permitted",
	 "the daemon needs CAP_BPF and CAP_NET_ADMIN; if it has them, "
	 "the kernel is locked down against such programs",
	 true},
};

/* The first of the known words that there are, and their place; NULL when there are none. */
static const struct known *known_find(const char *log, size_t size, const char **at)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		*at = memmem(log, size, known[i].words, strlen(known[i].words));
		if (*at)
			return &known[i];
	}
	return NULL;
}

/* Where the line ends that says it: the one before the verifier's last ones, or the log's last. */
static const char *line_end(const char *log, size_t size)
{
	const char *end = NULL;

	for (size_t i = 0; !end && i < sizeof(endings) / sizeof(endings[0]); i++)
		end = memmem(log, size, endings[i], strlen(endings[i]));
	return end ? end : log + size - (size && log[size - 1] == '\n');
}

int hints_explain(const char *log, size_t size)
{
	const char *at, *end, *begin;
	const struct known *found = known_find(log, size, &at);
	int length, error = found && !strcmp(found->words, NO_TARGET) ? -EOPNOTSUPP : -EACCES;

	end = found && found->line ? memchr(at, '\n', size - (size_t)(at - log)) : NULL;
	if (!end)
		end = line_end(log, size);
	begin = memrchr(log, '\n', (size_t)(end - log));
	begin = begin ? begin + 1 : log;
	length = end - begin > LINE_MOST ? LINE_MOST : (int)(end - begin);
	return explain(error, found ? found->hint : "the whole log is below",
		       "the kernel refused it: %.*s", length, begin);
}
