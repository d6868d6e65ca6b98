// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/kernel.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

char LICENSE[] SEC("license") = "GPL";

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct kallsym_iter {
	__s64 pos;
	unsigned long value;
	char type;
	char name[512];
	char module_name[56];
	int exported;
};

#pragma clang attribute pop

struct bpf_iter__ksym {
	struct bpf_iter_meta *meta;
	struct kallsym_iter *ksym;
};

struct ksyms_row {
	__u64 address BPFVIEW_HEX BPFVIEW_ABOUT("0 where the kernel hides them");
	char type[8] BPFVIEW_ABOUT("a letter, as in nm");
	char module[0] BPFVIEW_ABOUT("-: the kernel itself");
	char name[0];
};
BPFVIEW_ROW(ksyms);

/* The kernel keeps for modules alone whether a symbol is exported: in capitals, as in kallsyms. */
static inline char symbol_type(const struct kallsym_iter *symbol)
{
	char type = symbol->type, letter = type & ~('a' ^ 'A');

	if (!symbol->module_name[0] || letter < 'A' || letter > 'Z')
		return type;
	return symbol->exported ? letter : letter | ('a' ^ 'A');
}

static inline void row_fill(struct ksyms_row *row, const struct kallsym_iter *symbol)
{
	row->address = symbol->value;
	row->type[0] = symbol_type(symbol);
}

/* Names may be of twice the size of a chunk: true when the rest is to follow. */
static __noinline bool write_name_start(struct seq_file *seq, const char *name)
{
	struct {
		__u16 header;
		char bytes[BPFVIEW_STRING_SIZE];
	} chunk;
	long size = bpf_probe_read_kernel_str(chunk.bytes, sizeof(chunk.bytes), name);

	if (size < 1 || size > BPFVIEW_STRING_SIZE)
		size = 1;
	chunk.header = size - 1;
	if (size == BPFVIEW_STRING_SIZE)
		chunk.header |= BPFVIEW_CHUNK_MORE;
	bpf_seq_write(seq, &chunk, sizeof(chunk.header) + size - 1);
	return size == BPFVIEW_STRING_SIZE;
}

/* As most are: of no module, in one write, which takes two thirds of the time of three. */
static __noinline bool write_plain_symbol(struct seq_file *seq, const struct kallsym_iter *symbol)
{
	struct {
		struct ksyms_row row;
		__u16 module, header;
		char bytes[BPFVIEW_STRING_SIZE];
	} record;
	long size = bpf_probe_read_kernel_str(record.bytes, sizeof(record.bytes), symbol->name);

	if (size < 1 || size > BPFVIEW_STRING_SIZE)
		size = 1;
	__builtin_memset(&record.row, 0, sizeof(record.row));
	row_fill(&record.row, symbol);
	record.module = 0;
	record.header = size - 1;
	if (size == BPFVIEW_STRING_SIZE)
		record.header |= BPFVIEW_CHUNK_MORE;
	bpf_seq_write(seq, &record,
		      sizeof(record.row) + sizeof(record.module) + sizeof(record.header) + size -
			      1);
	return size == BPFVIEW_STRING_SIZE;
}

static __noinline bool write_module_symbol(struct seq_file *seq, const struct kallsym_iter *symbol)
{
	struct ksyms_row row = {};

	row_fill(&row, symbol);
	if (bpfview_write_row(seq, &row))
		return false;
	bpfview_write_string(seq, symbol->module_name, 0);
	return write_name_start(seq, symbol->name);
}

SEC("iter/ksym")
int ksyms(struct bpf_iter__ksym *context)
{
	struct seq_file *seq = context->meta->seq;
	struct kallsym_iter *symbol = context->ksym;
	bool more;

	if (!symbol)
		return 0;
	symbol = bpfview_untrusted(symbol);
	if (!symbol->name[0]) /* the first of each module's; the kernel doesn't list it either */
		return 0;
	/* At its end the kernel comes once more with what is left of the last symbol. */
	if (symbol->module_name[0] && (__u64)symbol->pos != context->meta->seq_num)
		return 0;
	more = symbol->module_name[0] ? write_module_symbol(seq, symbol)
				      : write_plain_symbol(seq, symbol);
	if (more)
		bpfview_write_string(seq, symbol->name + BPFVIEW_STRING_SIZE - 1, 0);
	return 0;
}
