/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes a view load sooner. For each pointer that a program reads out of a trusted object, such as
 * the one it is called with, the verifier looks several names up in all of the kernel's BTF, some
 * 4 ms in all. What bpfview_untrusted() returns points to the same object without being trusted: it
 * can be read from as before, and not be passed to helpers that want the object.
 */
#ifndef BPFVIEW_UNTRUSTED_BPF_H
#define BPFVIEW_UNTRUSTED_BPF_H

#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/* A kernel without the function (before 6.2) trusts nothing, and looks nothing up. */
const volatile bool kernel_has_bpf_rdonly_cast;

extern void *bpf_rdonly_cast(const void *object, __u32 type) __ksym __weak;

#define bpfview_untrusted(object)                                                                  \
	((typeof(object))(kernel_has_bpf_rdonly_cast                                               \
				  ? bpf_rdonly_cast(object,                                        \
						    bpf_core_type_id_kernel(typeof(*(object))))    \
				  : (object)))

#endif
