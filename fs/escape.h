/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bytes of unknown content (names, paths, map values) made safe for a line of output.
 *
 * Escaped are control characters, bytes that are not UTF-8, and the characters of Unicode that
 * are blank, invisible or turn the direction of writing.
 */
#ifndef BPFVIEW_ESCAPE_H
#define BPFVIEW_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

struct buffer;

/*
 * A whole text cell: \n, \t, \\, and \xNN for each byte of whatever else is escaped, the blank
 * too. A lone "-" is \x2d, since `-` is how nothing is shown.
 */
void escape_text(struct buffer *out, const char *bytes, size_t size);

/* A JSON string with its quotes. A byte 0xNN that is not UTF-8 becomes \u00NN. */
void escape_json(struct buffer *out, const char *bytes, size_t size);

/* Writes each blank from `start` on as \u0020: the JSON there becomes one word. */
void escape_json_blanks(struct buffer *out, size_t start);

/* Bytes of the UTF-8 character at the start of bytes, 0 when it isn't one. */
size_t utf8_decode(const unsigned char *bytes, size_t size, uint32_t *code);

#endif
