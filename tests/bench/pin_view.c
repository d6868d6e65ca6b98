// SPDX-License-Identifier: GPL-2.0-only
/* Loads a built-in view as the daemon does and pins it: what is read there is its bare rows. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "explain.h"
#include "view_object.h"

int main(int argc, char **argv)
{
	struct view_object view = {0};
	struct explanation words;
	struct btf *kernel;
	int link;

	if (argc != 3)
		errx(2, "usage: pin_view VIEW PATH");
	kernel = btf__load_vmlinux_btf();
	link = view_object_read(argv[1], kernel, &view);
	btf__free(kernel);
	if (!link)
		link = view_object_load(argv[1], &view);
	view_object_free(&view);
	explain_take(&words);
	if (link < 0)
		errx(1, "%s: %s", words.message, strerror(-link));
	if (bpf_obj_pin(link, argv[2]))
		err(1, "%s", argv[2]);
	close(link);
	return 0;
}
