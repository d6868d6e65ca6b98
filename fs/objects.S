/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files inside the daemon: the compiled views as `objects`, the headers of BPF programs as
 * `headers`, tables of struct object. The Makefile writes NAME.list, a line for each file:
 * object "NAME", "PATH".
 */
	.macro object name, path
	.section .rodata
	.balign 16
1:	.incbin "\path"
2:	.asciz "\name"
	.section .data.rel.ro, "aw"
	.quad 2b, 1b, 2b - 1b
	.endm

	.macro table name, count, list
	.section .data.rel.ro, "aw"
	.balign 8
	.globl \name
	.type \name, %object
\name:
	.include "\list"
	.section .data.rel.ro, "aw"
	.size \name, . - \name
3:
	.section .rodata
	.balign 8
	.globl \count
	.type \count, %object
	.size \count, 8
\count:
	.quad (3b - \name) / 24
	.endm

	table objects, object_count, objects.list
	table headers, header_count, headers.list

	.section .note.GNU-stack, "", %progbits
