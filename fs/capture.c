// SPDX-License-Identifier: GPL-2.0-only
#include "capture.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "capture_format.h"
#include "explain.h"

/* The first that matches is taken. */
static const struct capture_format *const formats[] = {
	&capture_pcap,
	&capture_pcapng,
	&capture_hex,
	&capture_raw,
};

struct capture *capture_create(capture_packet *packet, void *context)
{
	struct capture *capture = calloc(1, sizeof(*capture));

	if (!capture)
		return NULL;
	capture->packet = packet;
	capture->context = context;
	capture->need = CAPTURE_HEAD;
	return capture;
}

void capture_free(struct capture *capture)
{
	if (!capture)
		return;
	if (capture->text)
		buffer_free(&capture->text->line);
	free(capture->text);
	buffer_free(&capture->frame);
	free(capture->interfaces);
	buffer_free(&capture->carry);
	free(capture);
}

int capture_give(struct capture *capture, const struct packet *packet)
{
	capture->packets++;
	return capture->packet(capture->context, packet);
}

int capture_give_error(struct capture *capture, enum packet_error error)
{
	struct packet packet = {.time = CAPTURE_NO_TIME, .error = error};

	return capture_give(capture, &packet);
}

int capture_broken(struct capture *capture, const char *format, ...)
{
	char words[128];
	va_list arguments;
	int error = capture_give_error(capture, PACKET_BROKEN);

	if (error)
		return error;
	va_start(arguments, format);
	vsnprintf(words, sizeof(words), format, arguments);
	va_end(arguments);
	return explain(-EINVAL, NULL, "the capture is broken after packet %" PRIu64 ": %s",
		       capture->packets - 1, words);
}

static bool format_find(struct capture *capture, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; !capture->format && i < sizeof(formats) / sizeof(formats[0]); i++)
		if (formats[i]->match(bytes, size))
			capture->format = formats[i];
	return capture->format != NULL;
}

/* Takes the whole records at the front of bytes; how many bytes they are. */
static long records_take(struct capture *capture, const uint8_t *bytes, size_t size)
{
	size_t done = 0;

	if (!capture->format && !format_find(capture, bytes, size))
		return capture_need(capture, CAPTURE_HEAD);
	while (done < size) {
		long taken;

		if (capture->skip) {
			size_t skip = size - done < capture->skip ? size - done : capture->skip;

			capture->skip -= skip;
			done += skip;
			continue;
		}
		taken = capture->format->take(capture, bytes + done, size - done);
		if (taken < 0)
			return taken;
		if (!taken)
			break;
		done += taken;
	}
	return (long)done;
}

/* Completes the record in carry and takes it; how many of bytes that needed. */
static long carry_take(struct capture *capture, const uint8_t *bytes, size_t size)
{
	size_t missing = capture->need - capture->carry.size;
	size_t more = missing < size ? missing : size;
	long taken;

	buffer_put(&capture->carry, bytes, more);
	if (capture->carry.failed)
		return -ENOMEM;
	if (more < missing && capture->format)
		return (long)more; /* without one, fewer bytes may tell what it is */
	taken = records_take(capture, (uint8_t *)capture->carry.data, capture->carry.size);
	if (taken < 0)
		return taken;
	memmove(capture->carry.data, capture->carry.data + taken, capture->carry.size - taken);
	capture->carry.size -= taken;
	return (long)more;
}

int capture_write(struct capture *capture, const void *bytes, size_t size)
{
	const uint8_t *next = bytes;

	while (size > 0) {
		long taken;

		capture->direct = !capture->carry.size;
		taken = capture->direct ? records_take(capture, next, size)
					: carry_take(capture, next, size);
		if (taken < 0)
			return (int)taken;
		if (!taken) {
			buffer_put(&capture->carry, next, size);
			return capture->carry.failed ? -ENOMEM : 0;
		}
		next += taken;
		size -= taken;
	}
	return 0;
}

int capture_end(struct capture *capture)
{
	uint64_t packets = capture->packets;
	int error;

	if (!capture->format && !capture->carry.size)
		return explain(-ENODATA, "write packets first", "nothing was written");
	if (!capture->format)
		return explain(-EINVAL, "write frames from their Ethernet header on",
			       "%zu bytes: too few for a packet", capture->carry.size);
	error = capture->format->end(capture);
	capture->packets = packets;
	return error;
}
