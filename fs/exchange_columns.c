// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <stddef.h>

#include "buffer.h"
#include "capture.h"
#include "column.h"
#include "exchange_row.h"
#include "protocol_name.h"
#include "schema.h"

static const struct exchange_row *row_of(const struct column *column, const void *cell)
{
	return (const struct exchange_row *)((const char *)cell - column->offset);
}

/* Keys and verdict of a packet that was not run. */
static bool not_run(const struct column *column, const void *cell)
{
	return row_of(column, cell)->error != PACKET_OK;
}

static void put_quoted(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_char(out, '"');
	column->kind->text(out, column, cell);
	buffer_put_char(out, '"');
}

static void put_hex(struct buffer *out, uint32_t value, unsigned int digits)
{
	char *text;

	if (!buffer_room(out, 2 + digits))
		return;
	text = out->data + out->size;
	text[0] = '0';
	text[1] = 'x';
	for (unsigned int i = digits + 1; i > 1; i--, value >>= 4)
		text[i] = "0123456789abcdef"[value & 15];
	out->size += 2 + digits;
}

static bool time_none(const struct column *column, const void *cell)
{
	return row_of(column, cell)->time == CAPTURE_NO_TIME;
}

/* The digits that the capture does not have are taken off again. */
static void time_text(struct buffer *out, const struct column *column, const void *cell)
{
	unsigned int digits = row_of(column, cell)->digits;
	size_t extra = digits ? 9 - digits : 10;

	kind_time.text(out, column, cell);
	if (!extra || out->failed)
		return;
	out->size -= extra;
	out->data[out->size - 1] = 'Z';
}

static void verdict_put(struct buffer *out, const struct column *column, const void *cell,
			const char *quote)
{
	uint32_t verdict = row_of(column, cell)->verdict;
	const char *name = verdict == BPF_OK			    ? "OK"
			   : verdict == BPF_DROP		    ? "DROP"
			   : verdict == BPF_FLOW_DISSECTOR_CONTINUE ? "CONTINUE"
								    : NULL;

	if (!name) {
		buffer_put_unsigned(out, verdict);
		return;
	}
	buffer_put_string(out, quote);
	buffer_put_string(out, name);
	buffer_put_string(out, quote);
}

static void verdict_text(struct buffer *out, const struct column *column, const void *cell)
{
	verdict_put(out, column, cell, "");
}

static void verdict_json(struct buffer *out, const struct column *column, const void *cell)
{
	verdict_put(out, column, cell, "\"");
}

static void number_text(struct buffer *out, const struct column *column, const void *cell)
{
	kind_unsigned.text(out, column, cell);
}

static bool number_digits(const struct column *column, const void *cell, uint64_t *number)
{
	return kind_unsigned.digits(column, cell, number);
}

static bool port_digits(const struct column *column, const void *cell, uint64_t *number)
{
	return kind_port.digits(column, cell, number);
}

static void port_text(struct buffer *out, const struct column *column, const void *cell)
{
	kind_port.text(out, column, cell);
}

static bool addr_proto_none(const struct column *column, const void *cell)
{
	return not_run(column, cell) || !row_of(column, cell)->keys.addr_proto;
}

static void addr_proto_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_hex(out, row_of(column, cell)->keys.addr_proto, 4);
}

static void n_proto_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_hex(out, ntohs(row_of(column, cell)->keys.n_proto), 4);
}

static void flow_label_text(struct buffer *out, const struct column *column, const void *cell)
{
	put_hex(out, ntohl(row_of(column, cell)->keys.flow_label), 5);
}

/* The number 0 says nothing of a packet that has no IP header. */
static bool protocol_none(const struct column *column, const void *cell)
{
	const struct bpf_flow_keys *keys = &row_of(column, cell)->keys;

	return not_run(column, cell) || !protocol_name(keys->ip_proto) ||
	       (!keys->ip_proto && !keys->addr_proto);
}

static void protocol_text(struct buffer *out, const struct column *column, const void *cell)
{
	buffer_put_string(out, protocol_name(row_of(column, cell)->keys.ip_proto));
}

static bool address_none(const struct column *column, const void *cell)
{
	uint16_t family = row_of(column, cell)->keys.addr_proto;

	return not_run(column, cell) || (family != ETH_P_IP && family != ETH_P_IPV6);
}

static void source_text(struct buffer *out, const struct column *column, const void *cell)
{
	const struct bpf_flow_keys *keys = &row_of(column, cell)->keys;

	if (keys->addr_proto == ETH_P_IP)
		kind_ipv4.text(out, column, &keys->ipv4_src);
	else
		kind_ipv6.text(out, column, keys->ipv6_src);
}

static void destination_text(struct buffer *out, const struct column *column, const void *cell)
{
	const struct bpf_flow_keys *keys = &row_of(column, cell)->keys;

	if (keys->addr_proto == ETH_P_IP)
		kind_ipv4.text(out, column, &keys->ipv4_dst);
	else
		kind_ipv6.text(out, column, keys->ipv6_dst);
}

static bool error_none(const struct column *column, const void *cell)
{
	return !not_run(column, cell);
}

static void error_text(struct buffer *out, const struct column *column, const void *cell)
{
	static const char *const words[] = {
		[PACKET_SHORT] = "frame_under_14_bytes",
		[PACKET_LINK_TYPE] = "link_type_without_ethernet_header",
		[PACKET_LINK_HEADER] = "bad_link_layer_header",
		[PACKET_INTERFACE] = "interface_not_described",
		[PACKET_BLOCK] = "longer_than_its_block",
		[PACKET_CUT] = "capture_ends_in_this_packet",
		[PACKET_BROKEN] = "capture_broken_here",
		[PACKET_REFUSED] = "refused_by_the_kernel",
	};

	buffer_put_string(out, words[row_of(column, cell)->error]);
}

static const struct kind kind_packet_time = {"time", .ascii = true, .none = time_none,
					     .text = time_text, .json = put_quoted};
static const struct kind kind_verdict = {"name", .ascii = true, .none = not_run,
					 .text = verdict_text, .json = verdict_json};
static const struct kind kind_key = {"number",
				     .right = true,
				     .none = not_run,
				     .text = number_text,
				     .digits = number_digits,
				     .json = number_text};
static const struct kind kind_key_port = {
	"port",		  .right = true, .none = not_run, .text = port_text, .digits = port_digits,
	.json = port_text};
static const struct kind kind_addr_proto = {"hex", .ascii = true, .none = addr_proto_none,
					    .text = addr_proto_text, .json = put_quoted};
static const struct kind kind_n_proto = {"hex", .ascii = true, .none = not_run,
					 .text = n_proto_text, .json = put_quoted};
static const struct kind kind_flow_label = {"hex", .ascii = true, .none = not_run,
					    .text = flow_label_text, .json = put_quoted};
static const struct kind kind_protocol = {"name", .ascii = true, .none = protocol_none,
					  .text = protocol_text, .json = put_quoted};
static const struct kind kind_source = {"address", .ascii = true, .none = address_none,
					.text = source_text, .json = put_quoted};
static const struct kind kind_destination = {"address", .ascii = true, .none = address_none,
					     .text = destination_text, .json = put_quoted};
static const struct kind kind_error = {"name", .none = error_none, .text = error_text,
				       .json = put_quoted};

#define COLUMN(title, type, member, words, ...)                                                    \
	{                                                                                          \
		.name = (title), .label = "\"" title "\":", .label_size = sizeof(title) + 2,       \
		.kind = &(type), .offset = offsetof(struct exchange_row, member),                  \
		.size = sizeof(((struct exchange_row *)NULL)->member), .about = (words),           \
		__VA_ARGS__                                                                        \
	}

static struct column columns[] = {
	COLUMN("frame", kind_unsigned, frame, "the packet's number in its input, from 1"),
	COLUMN("time", kind_packet_time, time, "as captured, with the capture's digits"),
	COLUMN("length", kind_unsigned, length, "bytes on the wire, with the Ethernet header",
	       .optional = true),
	COLUMN("truncated", kind_bool, truncated, "the kernel got less than was captured"),
	COLUMN("verdict", kind_verdict, verdict, "OK, DROP, CONTINUE, or another number"),
	COLUMN("nhoff", kind_key, keys.nhoff, "bytes before the network header"),
	COLUMN("thoff", kind_key, keys.thoff, "bytes before the transport header"),
	COLUMN("addr_proto", kind_addr_proto, keys.addr_proto, "EtherType of src and dst"),
	COLUMN("is_frag", kind_key, keys.is_frag, "1: a fragment"),
	COLUMN("is_first_frag", kind_key, keys.is_first_frag, "1: the first one"),
	COLUMN("is_encap", kind_key, keys.is_encap, "1: a packet within a packet"),
	COLUMN("ip_proto", kind_key, keys.ip_proto, "the IP protocol's number"),
	COLUMN("protocol", kind_protocol, keys.ip_proto, "its name"),
	COLUMN("n_proto", kind_n_proto, keys.n_proto, "EtherType of the network header"),
	COLUMN("src", kind_source, keys.ipv6_src, NULL),
	COLUMN("dst", kind_destination, keys.ipv6_dst, NULL),
	COLUMN("sport", kind_key_port, keys.sport, NULL),
	COLUMN("dport", kind_key_port, keys.dport, NULL),
	COLUMN("flow_label", kind_flow_label, keys.flow_label, "of IPv6"),
	COLUMN("flags", kind_key, keys.flags,
	       "BPF_FLOW_DISSECTOR_F_* that it ran with; options are 65536 and up"),
	COLUMN("error", kind_error, error, "why the packet was not run"),
};

#define TEXT(title, words)                                                                         \
	{                                                                                          \
		.name = #title, .kind = &kind_chars,                                               \
		.offset = offsetof(struct compare_row, title),                                     \
		.size = sizeof(((struct compare_row *)NULL)->title), .about = (words)              \
	}

/* A compare_row begins with the packet's row. */
static struct column compare_columns[] = {
	COLUMN("frame", kind_unsigned, frame, "the packet's number in its input, from 1"),
	COLUMN("time", kind_packet_time, time, "as captured, with the capture's digits"),
	COLUMN("length", kind_unsigned, length, "bytes on the wire, with the Ethernet header",
	       .optional = true),
	TEXT(field, "the column of dissect/input that differs"),
	TEXT(first, "what the first dissector says, or the kernel, to which it leaves the packet"),
	TEXT(second, "the same of the second one"),
};

const struct schema compare_schema = {
	.columns = compare_columns,
	.count = sizeof(compare_columns) / sizeof(compare_columns[0]),
	.row_size = sizeof(struct compare_row),
};

const struct schema exchange_schema = {
	.columns = columns,
	.count = sizeof(columns) / sizeof(columns[0]),
	.row_size = sizeof(struct exchange_row),
};
