/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's types for BPF's own objects, as in kernel.bpf.h. */
#ifndef BPFVIEW_OBJECTS_BPF_H
#define BPFVIEW_OBJECTS_BPF_H

#include <linux/bpf.h>
#include <stdbool.h>

#include <bpfview/kernel.bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct btf_type {
	__u32 name_off;
};

struct btf {
	struct btf_type **types;
	const char *strings;
	__u32 id;
};

struct user_struct {
	struct {
		__u32 val;
	} uid;
};

struct bpf_map {
	struct bpf_map *inner_map_meta;
	enum bpf_map_type map_type;
	__u32 key_size, value_size, max_entries;
	__u64 map_extra;
	__u32 map_flags, id;
	int numa_node;
	__u32 btf_value_type_id;
	struct btf *btf;
	char name[16];
	struct atomic64 refcnt, usercnt, writecnt;
	bool frozen;
	__s64 *elem_count; /* since 6.6 */
};

struct bpf_prog {
	__u16 pages;
	__u16 jited : 1, gpl_compatible : 1;
	__u16 sleepable : 1; /* before 6.10 of bpf_prog_aux */
	enum bpf_prog_type type;
	enum bpf_attach_type expected_attach_type;
	__u32 len, jited_len;
	__u8 tag[8];
	struct bpf_prog_aux *aux;
};

struct bpf_prog_aux {
	struct atomic64 refcnt;
	__u32 used_map_cnt, id, func_cnt, attach_btf_id;
	struct btf *attach_btf;
	struct bpf_prog *dst_prog;
	bool sleepable;
	const char *attach_func_name;
	struct bpf_map **used_maps;
	struct user_struct *user;
	__u64 load_time;
	__u32 verified_insns;
	char name[16];
	struct btf *btf;
	struct bpf_func_info *func_info;
};

struct tracepoint {
	const char *name;
};

struct bpf_raw_event_map {
	struct tracepoint *tp;
};

struct net_device {
	int ifindex;
	struct {
		struct net *net;
	} nd_net;
	char name[16];
};

struct bpf_link {
	struct atomic64 refcnt;
	__u32 id;
	enum bpf_link_type type;
	struct bpf_prog *prog;
	enum bpf_attach_type attach_type; /* since 6.17 */
};

struct bpf_raw_tp_link {
	struct bpf_raw_event_map *btp;
};

struct bpf_tracing_link {
	struct bpf_prog *tgt_prog;
};

struct bpf_cgroup_link {
	struct cgroup *cgroup;
};

struct bpf_iter_reg {
	const char *target;
};

struct bpf_iter_target_info {
	const struct bpf_iter_reg *reg_info;
};

struct bpf_iter_aux_info {
	struct bpf_map *map;
};

struct bpf_iter_link {
	struct bpf_iter_aux_info aux;
	struct bpf_iter_target_info *tinfo;
};

struct bpf_netns_link {
	struct net *net;
};

struct bpf_xdp_link {
	struct net_device *dev;
};

#pragma clang attribute pop

struct bpf_iter__bpf_map {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
};

struct bpf_iter__bpf_prog {
	struct bpf_iter_meta *meta;
	struct bpf_prog *prog;
};

struct bpf_iter__bpf_link {
	struct bpf_iter_meta *meta;
	struct bpf_link *link;
};

#endif
