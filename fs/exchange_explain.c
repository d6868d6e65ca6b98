// SPDX-License-Identifier: GPL-2.0-only
/* The last packet of an exchange as a person wants to see it. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <stdlib.h>

#include "buffer.h"
#include "community_id.h"
#include "exchange_inside.h"
#include "explain.h"
#include "layers.h"
#include "protocol_name.h"
#include "raw.h"
#include "schema.h"

#define LINE  16 /* bytes */
#define LABEL 14 /* columns for a name before what it stands for */

static void line_put(struct buffer *out, const uint8_t *bytes, size_t offset, size_t size)
{
	buffer_printf(out, "%04zx ", offset);
	for (size_t i = 0; i < LINE; i++) {
		if (i < size)
			buffer_printf(out, " %02x", bytes[offset + i]);
		else
			buffer_put_string(out, "   ");
	}
	buffer_put_string(out, "  ");
	for (size_t i = 0; i < size; i++) {
		uint8_t byte = bytes[offset + i];

		buffer_put_char(out, byte < 0x7f && isprint(byte) ? (char)byte : '.');
	}
	buffer_put_char(out, '\n');
}

/* Whether a header begins there, or the dissector says that one does; and its line. */
static bool mark_put(struct buffer *out, const struct last *last, const struct layers *layers,
		     size_t offset)
{
	const struct bpf_flow_keys *keys = &last->row.keys;
	const char *name = NULL;

	for (size_t i = 0; i < layers->count; i++)
		if (layers->layers[i].offset == offset)
			name = layers->layers[i].name;
	if (!name && offset != keys->nhoff && offset != keys->thoff)
		return false;
	buffer_printf(out, "---- %zu", offset);
	if (name)
		buffer_printf(out, " %s", name);
	if (offset == keys->nhoff)
		buffer_put_string(out, " (nhoff)");
	if (offset == keys->thoff)
		buffer_put_string(out, " (thoff)");
	buffer_put_char(out, '\n');
	return true;
}

static bool is_mark(const struct last *last, const struct layers *layers, size_t offset)
{
	for (size_t i = 0; i < layers->count; i++)
		if (layers->layers[i].offset == offset)
			return true;
	return offset == last->row.keys.nhoff || offset == last->row.keys.thoff;
}

/* A line ends before each header. */
static void bytes_put(struct buffer *out, const struct last *last, const struct layers *layers)
{
	for (size_t offset = 0, size; offset < last->size; offset += size) {
		mark_put(out, last, layers, offset);
		for (size = 1; size < LINE && offset + size < last->size; size++)
			if (is_mark(last, layers, offset + size))
				break;
		line_put(out, last->frame, offset, size);
	}
	mark_put(out, last, layers, last->size);
}

static void label_put(struct buffer *out, const char *label)
{
	buffer_put_string(out, label);
	buffer_put_blanks(out, LABEL - strlen(label));
}

static void layers_put(struct buffer *out, const struct layers *layers)
{
	label_put(out, "layers");
	for (size_t i = 0; i < layers->count; i++)
		buffer_printf(out, "%s%s", i ? " " : "", layers->layers[i].name);
	buffer_put_char(out, '\n');
}

/* The columns of its row in dissect/input, one a line. */
static void row_put(struct buffer *out, const struct exchange_row *row)
{
	for (unsigned int i = 0; i < exchange_schema.count; i++) {
		const struct column *column = &exchange_schema.columns[i];
		const void *cell = (const char *)row + column->offset;

		label_put(out, column->name);
		if (column->kind->none && column->kind->none(column, cell))
			buffer_put_char(out, '-');
		else
			column->kind->text(out, column, cell);
		buffer_put_char(out, '\n');
	}
}

static void end_put(struct buffer *out, int family, const void *address, __be16 port)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(family, address, text, sizeof(text));
	buffer_printf(out, port && family == AF_INET6 ? "[%s]" : "%s", text);
	if (port)
		buffer_printf(out, ":%u", ntohs(port));
}

static void flow_put(struct buffer *out, const struct bpf_flow_keys *keys)
{
	const char *protocol = protocol_name(keys->ip_proto);

	label_put(out, "flow");
	if (keys->addr_proto != ETH_P_IP && keys->addr_proto != ETH_P_IPV6) {
		buffer_put_string(out, "-\n");
		return;
	}
	if (protocol)
		buffer_printf(out, "%s ", protocol);
	else
		buffer_printf(out, "%u ", keys->ip_proto);
	if (keys->addr_proto == ETH_P_IP) {
		end_put(out, AF_INET, &keys->ipv4_src, keys->sport);
		buffer_put_string(out, " > ");
		end_put(out, AF_INET, &keys->ipv4_dst, keys->dport);
	} else {
		end_put(out, AF_INET6, keys->ipv6_src, keys->sport);
		buffer_put_string(out, " > ");
		end_put(out, AF_INET6, keys->ipv6_dst, keys->dport);
	}
	buffer_put_char(out, '\n');
}

static void explain_put(struct buffer *out, const struct last *last, uint32_t flags)
{
	char id[COMMUNITY_ID_SIZE];
	struct layers layers;

	layers_find(last->frame, last->size, flags, &layers);
	bytes_put(out, last, &layers);
	buffer_put_char(out, '\n');
	layers_put(out, &layers);
	row_put(out, &last->row);
	flow_put(out, &last->row.keys);
	label_put(out, "community_id");
	if (!community_id(&last->row.keys, last->frame, last->size, id))
		strcpy(id, "-");
	buffer_printf(out, "%s\n", id);
}

int exchange_explain(struct exchange *exchange, struct source **out)
{
	struct last *last = malloc(sizeof(*last));
	struct buffer text = {0};
	int error;

	if (!last)
		return -ENOMEM;
	pthread_mutex_lock(&exchange->lock);
	*last = exchange->finished_last;
	pthread_mutex_unlock(&exchange->lock);
	if (last->row.frame)
		explain_put(&text, last, exchange->options.flags);
	error = last->row.frame ? raw_source(&text, out)
				: explain(-ENODATA, "", "not one packet could be run");
	free(last);
	return error;
}
