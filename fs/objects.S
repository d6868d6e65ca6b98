/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The compiled views, inside the daemon: the table that object.h declares. The Makefile writes
 * objects.list, a line for each file of bpf/: object "NAME", "PATH".
 */
	.macro object name, path
	.section .rodata
	.balign 16
1:	.incbin "\path"
2:	.asciz "\name"
	.section .data.rel.ro, "aw"
	.quad 2b, 1b, 2b - 1b
	.endm

	.section .data.rel.ro, "aw"
	.balign 8
	.globl objects
	.type objects, %object
objects:
	.include "objects.list"
	.section .data.rel.ro, "aw"
objects_end:
	.size objects, objects_end - objects

	.section .rodata
	.balign 8
	.globl object_count
	.type object_count, %object
	.size object_count, 8
object_count:
	.quad (objects_end - objects) / 24

	.section .note.GNU-stack, "", %progbits
