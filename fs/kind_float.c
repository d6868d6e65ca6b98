// SPDX-License-Identifier: GPL-2.0-only
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "kind.h"

static double load_float(const struct column *column, const void *cell)
{
	double wide;
	float narrow;

	if (column->size == sizeof(narrow)) {
		memcpy(&narrow, cell, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, cell, sizeof(wide));
	return wide;
}

/* The fewest digits that read back as the same number. */
static void float_text(struct buffer *out, const struct column *column, const void *cell)
{
	bool narrow = column->size == sizeof(float);
	double value = load_float(column, cell);
	char text[40];

	if (isnan(value)) {
		buffer_put_string(out, "NaN");
		return;
	}
	if (isinf(value)) {
		buffer_put_string(out, value < 0 ? "-Infinity" : "Infinity");
		return;
	}
	for (int digits = narrow ? 6 : 15; digits <= (narrow ? 9 : 17); digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (narrow ? strtof(text, NULL) == (float)value : strtod(text, NULL) == value)
			break;
	}
	buffer_put_string(out, text);
}

/* JSON has no number for the rest. */
static void float_json(struct buffer *out, const struct column *column, const void *cell)
{
	bool finite = isfinite(load_float(column, cell));

	if (!finite)
		buffer_put_char(out, '"');
	float_text(out, column, cell);
	if (!finite)
		buffer_put_char(out, '"');
}

const struct kind kind_float = {"number", .right = true, .text = float_text, .json = float_json};
