// SPDX-License-Identifier: GPL-2.0-only
#include "buffer.h"
#include "clock.h"
#include "kind.h"

#define SECOND 1000000000ULL

/* `digits` digits, then `after`. */
static char *put_field(char *next, uint64_t value, unsigned int digits, char after)
{
	for (unsigned int i = digits; i-- > 0; value /= 10)
		next[i] = (char)('0' + value % 10);
	next[digits] = after;
	return next + digits + 1;
}

/* The civil date of a day since the epoch, by eras of 400 years that begin on 1 March. */
static char *put_date(char *next, uint64_t days)
{
	uint64_t shifted = days + 719468; /* since 0000-03-01 */
	uint64_t era = shifted / 146097, day = shifted % 146097;
	uint64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	uint64_t day_of_year = day - (365 * year + year / 4 - year / 100);
	uint64_t month = (5 * day_of_year + 2) / 153; /* from March */

	next = put_field(next, year + era * 400 + (month >= 10), 4, '-');
	next = put_field(next, month < 10 ? month + 3 : month - 9, 2, '-');
	return put_field(next, day_of_year - (153 * month + 2) / 5 + 1, 2, 'T');
}

static void put_time(struct buffer *out, uint64_t nanoseconds, unsigned int digits)
{
	uint64_t seconds = nanoseconds / SECOND, second = seconds % 86400;
	uint64_t fraction = nanoseconds % SECOND;
	char text[40], *next = put_date(text, seconds / 86400);

	next = put_field(next, second / 3600, 2, ':');
	next = put_field(next, second / 60 % 60, 2, ':');
	next = put_field(next, second % 60, 2, '.');
	next = put_field(next, digits == 3 ? fraction / 1000000 : fraction, digits, 'Z');
	buffer_put(out, text, (size_t)(next - text));
}

static void time_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_time(out, load_unsigned(cell, column->size), 9);
}

static void boottime_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_time(out, load_unsigned(cell, column->size) + (uint64_t)clock_boot(), 3);
}

static void time_json(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '"');
	column->kind->text(out, column, cell);
	buffer_put_char(out, '"');
}

const struct kind kind_time = {"time", .ascii = true, .none = number_none, .text = time_text,
			       .json = time_json};
const struct kind kind_boottime = {"time", .ascii = true, .none = number_none,
				   .text = boottime_text, .json = time_json};
