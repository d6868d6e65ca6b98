/* SPDX-License-Identifier: GPL-2.0-only */
/* Puts a BPF program together, instruction by instruction. */
#ifndef BPFVIEW_ASSEMBLY_H
#define BPFVIEW_ASSEMBLY_H

#include <linux/bpf.h>

/* Registers: the first five are a call's result and arguments, the next live through calls. */
enum {
	R0,
	R1,
	R2,
	R3,
	R6 = BPF_REG_6,
	R7,
	R8,
	FRAME = BPF_REG_10
};

/* The caller sees to it that the program is not longer than this. */
struct assembly {
	struct bpf_insn instructions[512];
	unsigned int count;
};

static inline void emit(struct assembly *program, int code, int to, int from, int offset, int value)
{
	program->instructions[program->count++] = (struct bpf_insn){.code = (__u8)code,
								    .dst_reg = (__u8)(to & 15),
								    .src_reg = (__u8)(from & 15),
								    .off = (__s16)offset,
								    .imm = value};
}

static inline void emit_load(struct assembly *program, int size, int to, int from, int offset)
{
	emit(program, BPF_LDX | BPF_MEM | size, to, from, offset, 0);
}

static inline void emit_store(struct assembly *program, int size, int offset, int from)
{
	emit(program, BPF_STX | BPF_MEM | size, FRAME, from, offset, 0);
}

static inline void emit_move(struct assembly *program, int to, int from)
{
	emit(program, BPF_ALU64 | BPF_MOV | BPF_X, to, from, 0, 0);
}

static inline void emit_set(struct assembly *program, int to, int value)
{
	emit(program, BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value);
}

/* The address of a place on the stack. */
static inline void emit_address(struct assembly *program, int to, int offset)
{
	emit_move(program, to, FRAME);
	emit(program, BPF_ALU64 | BPF_ADD, to, 0, 0, offset); /* BPF_K is 0 */
}

static inline void emit_map(struct assembly *program, int to, int map)
{
	emit(program, BPF_LD | BPF_DW, to, BPF_PSEUDO_MAP_FD, 0, map);
	emit(program, 0, 0, 0, 0, 0);
}

static inline void emit_call(struct assembly *program, int helper)
{
	emit(program, BPF_JMP | BPF_CALL, 0, 0, 0, helper);
}

static inline void emit_return(struct assembly *program, int value)
{
	emit_set(program, R0, value);
	emit(program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

/* Jumps go to an instruction by its number. */
static inline void emit_jump(struct assembly *program, int label)
{
	emit(program, BPF_JMP | BPF_JA, 0, 0, label - (int)program->count - 1, 0);
}

static inline void emit_jump_if_zero(struct assembly *program, int reg, int label)
{
	emit(program, BPF_JMP | BPF_JEQ | BPF_K, reg, 0, label - (int)program->count - 1, 0);
}

#endif
