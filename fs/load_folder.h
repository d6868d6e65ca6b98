/* SPDX-License-Identifier: GPL-2.0-only */
/* Objects that are loaded when the mount begins. */
#ifndef BPFVIEW_LOAD_FOLDER_H
#define BPFVIEW_LOAD_FOLDER_H

/*
 * Loads each object of a folder, by its name there. The folder and the objects must be root's, and
 * for nobody else to write. -1, after words, for a folder that is not. What an object that is not
 * loaded lacks is said as well, and in its log.
 */
int load_folder(const char *path);

#endif
