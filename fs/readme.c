// SPDX-License-Identifier: GPL-2.0-only
#include "readme.h"

#include <errno.h>

#include "buffer.h"
#include "document.h"
#include "schema.h"
#include "table.h"
#include "view.h"

#define NAME_WIDTH 22
#define KIND_WIDTH 8

static struct document *readme;

static const char introduction[] =
	"bpfview shows the running kernel as files. Reading a table runs a BPF iterator.\n"
	"\n"
	"Each table also opens as NAME.json (one object a line) and NAME.csv; these names are\n"
	"not listed. In text the first line names the columns, cells are separated by blanks\n"
	"and hold none (\\x20 stands for a blank), and - stands for nothing. Units are in the\n"
	"columns' names. An open is a snapshot: a new open runs the iterator anew. stat shows\n"
	"size 0 before an open; fstat of an open table waits for its end to tell the size.\n"
	"\n"
	"net/           tables of the reader's network namespace, as with /proc/net\n"
	"netns/<name>/  the same of a namespace by its name in /run/netns, or by the inode number\n"
	"               that other tables print\n"
	"pid/<pid>/     threads, files, sockets and vmas of one process\n"
	"maps/<name>    maps/<id>, where one map alone has that name\n"
	"dissect/input  write packets here (a frame, hex, pcap, pcapng), then read a row of flow\n"
	"               keys for each, from the same descriptor or from a new one;\n"
	"               dissect/flags/<flag,...>/input is the same with flags and options\n"
	"dissect/stream  the same without an end: each read gives the rows since the last one\n"
	"dissect/explain  the last packet of it: bytes, headers, keys, flow, Community ID\n"
	"load/          with -o load: cp NAME.bpf.o, or NAME.bpf.c, here to load its iterators\n"
	"               and its dissector; rm to unload it; NAME.log says how it went\n"
	"iters/<name>/  a file for each iterator of an object, params/ with one for each of its\n"
	"               variables, PROGRAM.pin to pin it with ln -s; mkdir iters/<name>+<any>\n"
	"               for other parameters at the same time\n"
	"include/       headers for such programs: clang -target bpf -I include\n"
	"dissect/<name>/  what dissect/ has, for the dissector of an object\n"
	"dissect/compare/<a>,<b>/input  the same, for what two dissectors say differently\n"
	"dissect/<name>/attach/  ln -s a network namespace here to have the dissector work there,\n"
	"               rm to detach it; dissect/builtin/ is the same for the built-in one\n"
	"\n"
	"Each table, then its columns: name, kind, what the name doesn't say.\n";

static const char absent[] = "  (not in this kernel: see status)";

static void column_describe(struct buffer *out, const struct column *column)
{
	const char *kind = column->kind->name;

	if (column->about)
		buffer_printf(out, "  %-*s  %-*s  %s\n", NAME_WIDTH, column->name, KIND_WIDTH, kind,
			      column->about);
	else
		buffer_printf(out, "  %-*s  %s\n", NAME_WIDTH, column->name, kind);
}

static void table_describe(struct buffer *out, const struct table *table, const char *remark)
{
	const struct schema *schema = table->schema;

	if (out->size)
		buffer_put_char(out, '\n');
	buffer_printf(out, "%s: %s%s\n", table->path, table->summary, remark);
	for (unsigned int i = 0; schema && i < schema->count; i++)
		column_describe(out, &schema->columns[i]);
}

void readme_tables(struct buffer *out)
{
	struct table table;

	for (size_t i = 0; table_at(i, &table); i++)
		table_describe(out, &table, "");
}

int readme_init(void)
{
	struct buffer text = {0};
	struct table table;

	buffer_put_string(&text, introduction);
	for (size_t i = 0; table_at(i, &table); i++)
		table_describe(&text, &table,
			       table.view && view_is_absent(table.view) ? absent : "");
	readme = document_create(&text);
	return readme ? 0 : -ENOMEM;
}

void readme_free(void)
{
	document_put(readme);
}

struct document *readme_document(void)
{
	return readme;
}
