/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's own types, only with the members that views read. Where each member is gets settled
 * when a program is loaded, so the same object runs on kernels that lay them out differently.
 */
#ifndef BPFVIEW_KERNEL_BPF_H
#define BPFVIEW_KERNEL_BPF_H

#include <linux/bpf.h>
#include <stdbool.h>

/* These are laid out the same in all kernels. */
struct pid_namespace;

struct list_head {
	struct list_head *next, *prev;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct in6_addr {
	__u8 bytes[16];
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct ns_common {
	unsigned int inum;
};

struct seq_file {
	unsigned long count; /* bytes in its buffer */
	void *private;
};

struct user_namespace {
	struct ns_common ns;
};

struct net {
	struct ns_common ns;
};

struct mnt_namespace {
	struct ns_common ns;
};

struct pid_namespace {
	struct ns_common ns;
};

struct nsproxy {
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[0];
};

struct cred {
	struct {
		__u32 val;
	} euid, egid;
	struct user_namespace *user_ns;
};

struct kernfs_node {
	struct kernfs_node *__parent;
	struct kernfs_node *parent; /* before 6.15 */
	const char *name;
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct maple_range_64 {
	unsigned long pivot[15];
	void *slot[16];
};

struct maple_arange_64 {
	unsigned long pivot[9];
	void *slot[10];
};

struct maple_tree {
	void *ma_root;
};

struct anon_vma_name {
	char name[0];
};

struct vm_area_struct {
	unsigned long vm_start, vm_end;
	struct mm_struct *vm_mm;
	unsigned long vm_flags, vm_pgoff;
	const void *vm_ops;
	struct file *vm_file;
	void *vm_private_data;
	struct {
		unsigned long rb_subtree_last;
	} shared;
	struct anon_vma_name *anon_name; /* with CONFIG_ANON_VMA_NAME; before 6.2 where shared is */
};

struct percpu_counter {
	__s64 count;
	__s32 *counters;
};

struct mm_struct {
	struct maple_tree mm_mt;
	unsigned long total_vm;
	unsigned long start_brk, brk, start_stack;
	unsigned long arg_start, arg_end, env_start, env_end;
	struct percpu_counter rss_stat[4];
};

struct atomic64 {
	__s64 counter;
};

/* Before 6.2. */
struct mm_struct___old {
	struct {
		struct atomic64 count[4];
	} rss_stat;
};

struct prev_cputime {
	__u64 utime, stime;
};

struct signal_struct {
	int nr_threads;
	struct list_head thread_head;
	struct pid *pids[4];
	struct {
		struct {
			struct {
				unsigned int sequence;
			} seqcount;
		} seqcount;
	} stats_lock;
	__u64 utime, stime;
	struct prev_cputime prev_cputime;
	unsigned long nvcsw, nivcsw, min_flt, maj_flt;
	unsigned long long sum_sched_runtime;
};

struct sched_entity {
	__u64 sum_exec_runtime;
};

struct thread_info {
	__u32 cpu;
};

struct task_struct {
	struct thread_info thread_info;
	unsigned int __state, flags;
	int prio, static_prio;
	struct sched_entity se;
	struct mm_struct *mm;
	int exit_state, pid, tgid;
	struct task_struct *real_parent, *group_leader;
	struct pid *thread_pid;
	struct list_head thread_node;
	__u64 utime, stime;
	struct prev_cputime prev_cputime;
	unsigned long nvcsw, nivcsw, min_flt, maj_flt;
	__u64 start_boottime;
	const struct cred *real_cred;
	char comm[16];
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct css_set *cgroups;
};

#pragma clang attribute pop

/* What the kernel hands to a program is laid out the same in all kernels. */
struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id, seq_num; /* of the run; how many objects came before */
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

#endif
