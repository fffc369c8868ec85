#ifndef COPYTASTER_CLINUX_H
#define COPYTASTER_CLINUX_H
#include <stdint.h>
#include <sys/types.h>

/// Renames without replacing; 0 or -1 with errno (EEXIST when `to` exists).
int copytaster_rename_noreplace(const char *from, const char *to);

/// The magic number of the file system that holds `path`, or -1.
long copytaster_filesystem_type(const char *path);

/// Names the calling thread (at most 15 bytes).
void copytaster_name_thread(const char *name);
#endif
