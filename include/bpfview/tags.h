/* SPDX-License-Identifier: GPL-2.0-only */
/* The tags of a row's members. Outside of BPF, where rows are only read, they are nothing. */
#ifndef BPFVIEW_TAGS_H
#define BPFVIEW_TAGS_H

/* How a member is shown, where its C type can't say it. Strings are read by fs/tags.c. */
#ifdef __bpf__
#define BPFVIEW_TAG(words) __attribute__((btf_decl_tag("bpfview:" words)))
#else
#define BPFVIEW_TAG(words)
#endif
#define BPFVIEW_NONE(value) BPFVIEW_TAG("none=" #value) /* this number stands for nothing */
#define BPFVIEW_HEX	    BPFVIEW_TAG("hex")
#define BPFVIEW_LOWER	    BPFVIEW_TAG("lower") /* enum: names in lower case */
#define BPFVIEW_PORT	    BPFVIEW_TAG("port") /* __be16 */
#define BPFVIEW_IPV4	    BPFVIEW_TAG("ipv4") /* __be32 or 4 bytes */
#define BPFVIEW_IPV6	    BPFVIEW_TAG("ipv6") /* 16 bytes */
#define BPFVIEW_ADDRESS	    BPFVIEW_TAG("address") /* 16 bytes, family in the column before */
#define BPFVIEW_FLAGS	    BPFVIEW_TAG("flags") /* enum of bits: the names of those set */
#define BPFVIEW_DEVICE	    BPFVIEW_TAG("device") /* dev_t of the kernel: major:minor */
#define BPFVIEW_TIME	    BPFVIEW_TAG("time") /* __u64, ns since the epoch */
#define BPFVIEW_BOOTTIME    BPFVIEW_TAG("boottime") /* __u64, ns since boot */
#define BPFVIEW_ARGUMENTS   BPFVIEW_TAG("arguments") /* text: NUL-separated, shown with blanks */
#define BPFVIEW_PATH_UP	    BPFVIEW_TAG("path_up") /* text: a chunk a component, leaf first */
#define BPFVIEW_NUMBERS	    BPFVIEW_TAG("numbers") /* text: __u32s, shown as 1,2,3 */

/* What the name of a member doesn't say, in 64 characters, for README and the man page. */
#define BPFVIEW_ABOUT(words) BPFVIEW_TAG("about=" words)

#endif
