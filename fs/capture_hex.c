// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "capture_format.h"
#include "capture_line.h"
#include "explain.h"
#include "linktype.h"

#define HEX_LINE_LONGEST (1 << 20)

/* True for a control character, which text doesn't have, before the end of the first line. */
static bool first_line_is_binary(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size && bytes[i] != '\n'; i++)
		if (iscntrl(bytes[i]) && !isspace(bytes[i]))
			return true;
	return false;
}

/*
 * A line shows that it is text before there are bytes enough for a frame. pcapng begins with line
 * ends, and what follows them may look like text.
 */
static bool hex_match(const uint8_t *bytes, size_t size)
{
	static const uint8_t pcapng[] = {'\n', '\r', '\r', '\n'};
	bool word = false, line = false;

	if (size >= sizeof(pcapng) && !memcmp(bytes, pcapng, sizeof(pcapng)))
		return false;
	for (size_t i = 0; i < size && i < CAPTURE_HEAD && !line; i++) {
		if (!isprint(bytes[i]) && !isspace(bytes[i]))
			return false;
		word = word || isgraph(bytes[i]);
		line = word && bytes[i] == '\n';
	}
	return line || size >= CAPTURE_HEAD;
}

static int packet_end(struct capture *capture)
{
	struct capture_text *text = capture->text;
	struct packet packet = {
		.bytes = text->packet,
		.size = text->size < CAPTURE_SNAP ? text->size : CAPTURE_SNAP,
		.captured = text->size,
		.length = text->size,
		.link_type = LINKTYPE_ETHERNET,
		.time = CAPTURE_NO_TIME,
	};

	text->repeat = false;
	if (!text->size)
		return 0;
	text->size = 0;
	text->previous_size = 0;
	return capture_give(capture, &packet);
}

static int packet_put(struct capture *capture, const uint8_t *bytes, size_t size)
{
	struct capture_text *text = capture->text;
	size_t room = text->size < CAPTURE_SNAP ? CAPTURE_SNAP - text->size : 0;

	if (size > CAPTURE_LARGEST - text->size)
		return explain(-EINVAL, "leave a blank line between packets",
			       "line %u: a packet of more than %u bytes", text->lines,
			       CAPTURE_LARGEST);
	if (room)
		memcpy(text->packet + text->size, bytes, size < room ? size : room);
	text->size += size;
	return 0;
}

/* Repeats the last line up to offset, for a dump that has `*` for lines that are the same. */
static int lines_repeat(struct capture *capture, uint32_t offset)
{
	struct capture_text *text = capture->text;
	int error = 0;

	text->repeat = false;
	while (!error && text->previous_size && text->size < offset) {
		size_t left = offset - text->size;

		error = packet_put(capture, text->previous,
				   left < text->previous_size ? left : text->previous_size);
	}
	return error;
}

static int dump_line(struct capture *capture, const struct line *line, uint8_t *bytes)
{
	struct capture_text *text = capture->text;
	long size = line_dump(line, text->lines, bytes);
	int error = 0;

	if (size < 0)
		return (int)size;
	text->dumps = true;
	if (!line->offset)
		error = packet_end(capture);
	else if (text->repeat)
		error = lines_repeat(capture, line->offset);
	if (error)
		return error;
	if (line->offset != text->size)
		return explain(-EINVAL, NULL,
			       "line %u: its offset is 0x%x, but %u bytes came before", text->lines,
			       line->offset, text->size);
	text->previous_size = size < HEX_LINE ? size : 0;
	memcpy(text->previous, bytes, text->previous_size);
	return packet_put(capture, bytes, size);
}

static int plain_line(struct capture *capture, const struct line *line, uint8_t *bytes)
{
	struct capture_text *text = capture->text;
	long size;

	if (text->dumps || line_is_comment(line))
		return packet_end(capture);
	size = line_plain(line, text->lines, bytes);
	return size < 0 ? (int)size : packet_put(capture, bytes, size);
}

static int line_take(struct capture *capture, const char *start, size_t size)
{
	struct capture_text *text = capture->text;
	struct line line;
	uint8_t *bytes;
	int error;

	text->lines++;
	line_read(&line, start, size, text->size, text->repeat);
	if (line.kind == LINE_EMPTY)
		return packet_end(capture);
	if (line.kind == LINE_REPEAT && text->previous_size) {
		text->repeat = true;
		return 0;
	}
	bytes = malloc(size / 2 + 1);
	if (!bytes)
		return -ENOMEM;
	error = line.kind == LINE_DUMP ? dump_line(capture, &line, bytes)
				       : plain_line(capture, &line, bytes);
	free(bytes);
	return error;
}

/* A frame whose Ethernet header could be text. */
static long hex_is_raw(struct capture *capture, const uint8_t *bytes, size_t size)
{
	const struct buffer *line = &capture->text->line;
	long taken = 0;

	capture->format = &capture_raw;
	if (line->size)
		taken = capture_raw.take(capture, (const uint8_t *)line->data, line->size);
	return taken < 0 ? taken : capture_raw.take(capture, bytes, size);
}

static long hex_take(struct capture *capture, const uint8_t *bytes, size_t size)
{
	const char *start = (const char *)bytes, *end = start + size, *newline;
	struct buffer *line;
	int error = 0;

	if (!capture->text)
		capture->text = calloc(1, sizeof(*capture->text));
	if (!capture->text)
		return -ENOMEM;
	line = &capture->text->line;
	if (!capture->text->lines && first_line_is_binary(bytes, size))
		return hex_is_raw(capture, bytes, size);
	for (; !error && (newline = memchr(start, '\n', end - start)); start = newline + 1) {
		if (line->size) {
			buffer_put(line, start, newline - start);
			error = line->failed ? -ENOMEM : line_take(capture, line->data, line->size);
			line->size = 0;
		} else {
			error = line_take(capture, start, newline - start);
		}
	}
	if (error)
		return error;
	if (line->size + (end - start) > HEX_LINE_LONGEST)
		return explain(-EINVAL, NULL, "line %u is longer than %u characters",
			       capture->text->lines + 1, HEX_LINE_LONGEST);
	buffer_put(line, start, end - start);
	return line->failed ? -ENOMEM : (long)size;
}

static int hex_end(struct capture *capture)
{
	struct capture_text before = *capture->text;
	int error = 0;

	if (before.line.size)
		error = line_take(capture, before.line.data, before.line.size);
	if (!error)
		error = packet_end(capture);
	if (!error && !capture->packets)
		error = explain(-EINVAL, NULL, "no packet in %u lines of text",
				capture->text->lines);
	*capture->text = before;
	return error;
}

const struct capture_format capture_hex = {hex_match, hex_take, hex_end};
