// SPDX-License-Identifier: GPL-2.0-only
#include "readme.h"

#include <errno.h>

#include "buffer.h"
#include "schema.h"
#include "view.h"

static struct buffer text;

static const char introduction[] =
	"bpfview shows the running kernel as files. Reading a table runs a BPF iterator.\n"
	"\n"
	"Each table also opens as NAME.json (one object a line) and NAME.csv; these names are\n"
	"not listed. In text the first line names the columns, cells are separated by blanks\n"
	"and hold none (\\x20 stands for a blank), and - stands for nothing. Units are in the\n"
	"columns' names. An open is a snapshot: a new open runs the iterator anew. stat shows\n"
	"size 0 before an open; fstat of an open table waits for its end to tell the size.\n"
	"\n"
	"status         what became of each view\n"
	"errors         the last 1000 failures, newest last, in words\n"
	"maps/<id>      a row for each element of that BPF map, typed by its BTF\n"
	"dissect/input  write packets here (a frame, hex, pcap, pcapng), then read a row of flow\n"
	"               keys for each, from the same descriptor or from a new one;\n"
	"               dissect/flags/<flag,...>/input is the same with dissector flags\n";

static const char absent[] = "  (not in this kernel: see status)";

static void view_describe(struct view *view)
{
	const struct schema *schema = view->object.schema;

	buffer_printf(&text, "\n%s: %s%s\n", view->definition->path, view->definition->summary,
		      view_is_absent(view) ? absent : "");
	for (unsigned int i = 0; schema && i < schema->count; i++)
		buffer_printf(&text, "  %-24s %s\n", schema->columns[i].name,
			      schema->columns[i].kind->name);
}

int readme_init(void)
{
	buffer_put_string(&text, introduction);
	for (size_t i = 0; i < view_count; i++)
		view_describe(view_at(i));
	return text.failed ? -ENOMEM : 0;
}

void readme_free(void)
{
	buffer_free(&text);
}

const char *readme_text(void)
{
	return text.data;
}

size_t readme_size(void)
{
	return text.size;
}
