// SPDX-License-Identifier: GPL-2.0-only
#include <bpfview/objects.bpf.h>
#include <bpfview/untrusted.bpf.h>
#include <bpfview/view.bpf.h>

#include "progs.h"

#define PROGRAM_MAPS	  1024
#define PROGRAM_NAME_SIZE 16
#define INSTRUCTION_BYTES 8

char LICENSE[] SEC("license") = "GPL";

BPFVIEW_ROW(progs);

const volatile __u64 page_size = 4096;

/* Types that don't attach by a type have 0 there, which is that of cgroup_skb's ingress. */
static inline enum attach_type program_attach_type(const struct bpf_prog *program)
{
	if (!program->expected_attach_type && program->type != BPF_PROG_TYPE_CGROUP_SKB)
		return (enum attach_type) - 1;
	return (enum attach_type)program->expected_attach_type;
}

static inline char hex_digit(unsigned int value)
{
	return value < 10 ? '0' + value : 'a' + value - 10;
}

static inline void program_fill_tag(struct progs_row *row, const struct bpf_prog *program)
{
	__u8 tag[8] = {};

	bpf_probe_read_kernel(tag, sizeof(tag), program->tag);
	for (unsigned int i = 0; i < sizeof(tag); i++) {
		row->tag[2 * i] = hex_digit(tag[i] >> 4);
		row->tag[2 * i + 1] = hex_digit(tag[i] & 15);
	}
}

static inline bool program_sleepable(struct bpf_prog *program)
{
	if (bpf_core_field_exists(program->sleepable))
		return BPF_CORE_READ_BITFIELD_PROBED(program, sleepable);
	return program->aux->sleepable;
}

static inline void program_fill(struct progs_row *row, struct bpf_prog *program)
{
	program_fill_tag(row, program);
	row->type = (enum program_type)program->type;
	row->attach_type = program_attach_type(program);
	row->xlated_bytes = program->len * INSTRUCTION_BYTES;
	row->jited_bytes = program->jited_len;
	row->memory_bytes = program->pages * page_size;
	row->gpl_compatible = BPF_CORE_READ_BITFIELD_PROBED(program, gpl_compatible);
	row->jited = BPF_CORE_READ_BITFIELD_PROBED(program, jited);
	row->sleepable = program_sleepable(program);
}

static inline void program_fill_aux(struct progs_row *row, struct bpf_prog_aux *aux)
{
	row->id = aux->id;
	row->uid = aux->user->uid.val;
	row->load_time = row->load_ns = aux->load_time;
	row->run_count = row->run_time_ns = row->recursion_misses = -1;
	row->references = aux->refcnt.counter - 1; /* the iterator holds one */
	row->functions = aux->func_cnt;
	row->verified_instructions = aux->verified_insns;
	row->btf_id = aux->btf->id;
	row->attach_btf_type = aux->attach_btf_id;
	row->attach_btf_id = aux->attach_btf->id;
	row->attach_prog_id = aux->dst_prog->aux->id;
	row->maps = aux->used_map_cnt;
}

struct map_walk {
	struct seq_file *seq;
	struct bpf_map **maps;
	__u32 count;
};

static long write_map_id(__u32 index, struct map_walk *walk)
{
	struct {
		__u16 header;
		__u32 id;
	} __attribute__((packed)) chunk = {.header = sizeof(chunk.id) | BPFVIEW_CHUNK_MORE};
	struct bpf_map *map;

	if (index >= walk->count)
		return 1;
	bpf_probe_read_kernel(&map, sizeof(map), &walk->maps[index]);
	chunk.id = BPF_CORE_READ(map, id);
	bpf_seq_write(walk->seq, &chunk, sizeof(chunk));
	return 0;
}

/* The kernel cuts names to 15 bytes. The whole one is that of the main function in the BTF. */
static inline long write_name(struct seq_file *seq, struct bpf_prog_aux *aux)
{
	__u32 type_id = BPF_CORE_READ(aux, func_info, type_id);
	struct btf_type **types = BPF_CORE_READ(aux, btf, types), *type = NULL;
	const char *name = BPF_CORE_READ(aux, btf, strings);

	if (!aux->name[PROGRAM_NAME_SIZE - 2] || !types || !type_id)
		return bpfview_write_string(seq, aux->name, 0);
	bpf_probe_read_kernel(&type, sizeof(type), &types[type_id]);
	return bpfview_write_string(seq, name + BPF_CORE_READ(type, name_off), 0);
}

static __noinline long write_row(struct seq_file *seq, struct bpf_prog *program)
{
	struct progs_row row = {};

	program_fill(&row, program);
	program_fill_aux(&row, program->aux);
	return bpfview_write_row(seq, &row);
}

SEC("iter/bpf_prog")
int progs(struct bpf_iter__bpf_prog *context)
{
	struct seq_file *seq = context->meta->seq;
	struct bpf_prog *program = context->prog;
	struct map_walk walk = {.seq = seq};
	struct bpf_prog_aux *aux;

	if (!program)
		return 0;
	program = bpfview_untrusted(program);
	if (write_row(seq, program))
		return 0;
	aux = program->aux;
	walk.maps = BPF_CORE_READ(aux, used_maps);
	walk.count = aux->used_map_cnt;
	bpf_loop(PROGRAM_MAPS, write_map_id, &walk, 0);
	bpfview_write_nothing(seq);
	bpfview_write_string(seq, aux->attach_func_name, 0);
	write_name(seq, aux);
	return 0;
}
