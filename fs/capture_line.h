/* SPDX-License-Identifier: GPL-2.0-only */
/* A line of hex text. */
#ifndef BPFVIEW_CAPTURE_LINE_H
#define BPFVIEW_CAPTURE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum line_kind {
	LINE_EMPTY,
	LINE_REPEAT, /* `*` */
	LINE_DUMP, /* an offset, bytes, and perhaps the bytes as characters */
	LINE_PLAIN, /* anything else */
};

struct line {
	enum line_kind kind;
	const char *start, *end; /* without blanks around; of a dump, after the offset */
	uint32_t offset; /* of a dump */
};

/*
 * What a line is. An offset that has no colon after it is told from bytes by its value: 0, or the
 * size of the packet so far, or more when lines were left out.
 */
void line_read(struct line *line, const char *start, size_t length, uint32_t size, bool repeat);

/* A line that tcpdump writes before a dump, or one that begins with `#`. */
bool line_is_comment(const struct line *line);

/*
 * The bytes of line `number`, into room for half its length: how many, or -EINVAL with words. A
 * plain line may have 0x, \x, commas, colons, quotes and braces between bytes.
 */
long line_dump(const struct line *line, uint32_t number, uint8_t *bytes);
long line_plain(const struct line *line, uint32_t number, uint8_t *bytes);

#endif
