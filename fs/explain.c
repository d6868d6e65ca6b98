// SPDX-License-Identifier: GPL-2.0-only
#include "explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local struct explanation current;

int explain(int error, const char *hint, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(current.message, sizeof(current.message), format, arguments);
	va_end(arguments);
	snprintf(current.hint, sizeof(current.hint), "%s", hint ? hint : "");
	return error;
}

void explain_take(struct explanation *out)
{
	*out = current;
	memset(&current, 0, sizeof(current));
}
