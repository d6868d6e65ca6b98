/* SPDX-License-Identifier: GPL-2.0-only */
/* The types of the maps that typed_maps makes: every sort of type that a map's value can have. */
#ifndef TYPED_MAPS_H
#define TYPED_MAPS_H

#include <linux/bpf.h>

enum colour {
	COLOUR_RED,
	COLOUR_GREEN = 7,
	COLOUR_BLUE = -1
};

struct point {
	__s32 x, y;
};

typedef struct {
	__u16 number;
	char letter;
} tagged;

struct everything {
	__u8 tiny;
	__s16 negative;
	__u32 number;
	__u64 above_2_53;
	__s64 lowest;
	_Bool yes, no;
	char letter;
	enum colour green, blue, unknown;
	struct point nested;
	union {
		__u32 as_number;
		__u8 as_bytes[4];
	} either;
	struct {
		__u32 inside;
	};
	__u32 bits_a : 3;
	__s32 bits_b : 5;
	__u32 bits_c : 24;
	__u32 numbers[3];
	__u8 matrix[2][2];
	struct point points[2];
	char text[12];
	char full[4];
	__u8 raw[3];
	tagged name;
	void *pointer;
	float single;
	double twice;
	unsigned __int128 huge;
	const volatile __u32 qualified;
};

struct pair {
	__u32 id;
	char name[12];
};

struct guarded {
	struct bpf_spin_lock lock;
	__u32 number;
	struct bpf_timer timer;
};

struct counters {
	__u64 packets;
	__u32 drops;
};

#endif
