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

/// What a confined program may use.
struct copytaster_limits {
    unsigned long cpu_seconds;
    /// Bytes of address space.
    unsigned long memory;
};

/// Starts a program without network, environment, open files, children or rights to write.
///
/// It reads `input` and writes to the two pipes whose ends come back. The process id, or -1 with errno; the caller
/// must wait for it. Exit status 127: no such program; 126: it could not be confined or started.
pid_t copytaster_start_confined(
    const char *program, char *const *arguments, const struct copytaster_limits *limits, int input, int *output,
    int *errors);

/// Gives large pieces of memory that are freed back to the system at once, so that tables that grow leave no gaps.
void copytaster_settle_memory(void);

/// A file in memory with these bytes, to be read from the start; -1 with errno.
int copytaster_memory_file(const void *bytes, size_t count);
#endif
