/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One exchange with a dissector: packets in, as a capture in pieces of any size, and a row for each
 * packet out. Rows stay for as long as the exchange. But for its sources and its references, an
 * exchange is used by one thread at a time.
 */
#ifndef BPFVIEW_EXCHANGE_H
#define BPFVIEW_EXCHANGE_H

#include <stddef.h>
#include <stdint.h>

struct buffer;
struct dissectors;
struct exchange;
struct printer;
struct source;

struct exchange_options {
	uint32_t flags; /* BPF_FLOW_DISSECTOR_F_* and enum dissect_option */
	uint64_t input_most; /* bytes that may be written */
	uint64_t results_most; /* bytes of rows that are kept */
};

/*
 * A new exchange with one reference. With a second dissector its rows are what the two say
 * differently; kernel then says what the kernel does. NULL: no memory.
 */
struct exchange *exchange_create(const struct dissectors *dissectors,
				 const struct exchange_options *options);
struct exchange *exchange_get(struct exchange *exchange);
void exchange_put(struct exchange *exchange); /* NULL is fine */

/*
 * The next bytes of the input. 0, or a negative errno with words: -EINVAL or -EPROTONOSUPPORT
 * (capture.h), -EFBIG past a limit, or why the dissector can't be loaded; any later call fails too.
 */
int exchange_write(struct exchange *exchange, const void *bytes, size_t size);

/*
 * Takes the input as complete, for all that is known: what is not a whole packet yet gets its row.
 * 0 or a negative errno as above; when not one packet could be run, that of the first; -ENODATA
 * when nothing was written. More may be written after it: that goes on where the input was, and the
 * next exchange_finish() decides anew.
 */
int exchange_finish(struct exchange *exchange);

/* No more is written: lets go of the dissector. The rows stay. */
void exchange_end(struct exchange *exchange);

/*
 * The rows there were at the last exchange_finish(). Any number of sources at once, each with a
 * reference, made and read by any thread. NULL: no memory.
 */
struct source *exchange_source(struct exchange *exchange);

/*
 * Prints the rows there are, but for those of what is not a whole packet yet, and forgets them:
 * there is room for others. Not with a second dissector, nor with sources. 0 or -ENOMEM.
 */
int exchange_print(struct exchange *exchange, struct printer *printer, struct buffer *out);

/*
 * The last packet that was run before the last exchange_finish(), as text: its headers and bytes,
 * the keys, the flow and its Community ID. 0, -ENOMEM, or -ENODATA.
 */
int exchange_explain(struct exchange *exchange, struct source **out);

/*
 * The rows as they come, for printing ahead of the end: a fill gives -EAGAIN when it has caught up,
 * until exchange_follow_end() says, after an exchange_finish(), that the rows are as that left
 * them. NULL also for an exchange with two dissectors.
 */
struct source *exchange_follow(struct exchange *exchange);
void exchange_follow_end(struct source *source);

#endif
