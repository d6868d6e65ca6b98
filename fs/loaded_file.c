// SPDX-License-Identifier: GPL-2.0-only
/* The names of files that objects are in. */
#include <errno.h>
#include <string.h>

#include "explain.h"
#include "loaded.h"

bool loaded_name_valid(const char *name)
{
	size_t length = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789_-");

	return length && length <= LOADED_NAME_MOST && !name[length];
}

bool loaded_name_reserved(const char *name)
{
	static const char *const names[] = {"input", "stream",	"explain",
					    "flags", "compare", LOADED_BUILTIN};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

bool loaded_file_is(const char *file, const char *suffix, char out[LOADED_NAME_MOST + 1])
{
	size_t length = strlen(file), cut = strlen(suffix);

	if (length <= cut || length - cut > LOADED_NAME_MOST || strcmp(file + length - cut, suffix))
		return false;
	memcpy(out, file, length - cut);
	out[length - cut] = '\0';
	return loaded_name_valid(out);
}

int loaded_file_name(const char *file, char out[LOADED_NAME_MOST + 1], bool *source)
{
	*source = loaded_file_is(file, LOADED_SOURCE, out);
	if (!*source && !loaded_file_is(file, LOADED_OBJECT, out))
		return explain(-EINVAL,
			       "call it NAME" LOADED_OBJECT " or NAME" LOADED_SOURCE
			       ", NAME of letters, digits, _ and -",
			       "an object can't be called %.100s", file);
	if (loaded_name_reserved(out))
		return explain(-EEXIST, "give it another name", "dissect/%s is not an object's",
			       out);
	return 0;
}
