// Starts a program that reads bytes from strangers, with as little as it can work with.
//
// Between fork and exec only async-signal-safe calls are made: other threads of the parent may hold any lock.
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int limit(int resource, rlim_t value) {
    struct rlimit limit = {value, value};
    return setrlimit(resource, &limit);
}

static int set_limits(const struct copytaster_limits *limits) {
    // Without the limit of processes a hole in the program could still fork; it counts for users other than root.
    return limit(RLIMIT_CPU, limits->cpu_seconds) | limit(RLIMIT_AS, limits->memory) | limit(RLIMIT_FSIZE, 0) |
           limit(RLIMIT_NOFILE, 32) | limit(RLIMIT_CORE, 0) | limit(RLIMIT_NPROC, 0);
}

static void allow_reading(int rules, const char *path, __u64 access) {
    struct landlock_path_beneath_attr rule = {.allowed_access = access};
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0) return;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

// Only programs and their libraries can be read, and nothing written. A kernel without Landlock has the other fences.
static void fence_files(void) {
    struct landlock_ruleset_attr attributes = {
        .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0) return;
    __u64 reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    static const char *const folders[] = {"/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/fonts"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) allow_reading(rules, folders[i], reading);
    static const char *const files[] = {"/etc/ld.so.cache", "/etc/ld.so.preload", "/dev/null"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        allow_reading(rules, files[i], LANDLOCK_ACCESS_FS_READ_FILE);
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef OWN_ARCHITECTURE
#define REFUSE(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), \
                     BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

// No sockets, no signals to others, no looking into other processes, no new namespaces, no second program.
static void fence_calls(void) {
    static struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#ifdef __x86_64__
        // The x32 numbers would go round the list.
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
#endif
        REFUSE(SYS_socket),        REFUSE(SYS_socketpair),  REFUSE(SYS_connect),
        REFUSE(SYS_kill),          REFUSE(SYS_tkill),       REFUSE(SYS_tgkill),
        REFUSE(SYS_rt_sigqueueinfo), REFUSE(SYS_rt_tgsigqueueinfo), REFUSE(SYS_pidfd_open),
        REFUSE(SYS_ptrace),        REFUSE(SYS_process_vm_readv), REFUSE(SYS_process_vm_writev),
        REFUSE(SYS_bpf),           REFUSE(SYS_perf_event_open), REFUSE(SYS_userfaultfd),
        REFUSE(SYS_io_uring_setup), REFUSE(SYS_keyctl),     REFUSE(SYS_add_key),
        REFUSE(SYS_unshare),       REFUSE(SYS_setns),       REFUSE(SYS_mount),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static void fence_calls(void) {}
#endif

static void close_others(void) {
    if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0) return;
    struct rlimit open_files;
    int end = getrlimit(RLIMIT_NOFILE, &open_files) == 0 ? (int)open_files.rlim_cur : 1024;
    for (int descriptor = 3; descriptor < end; descriptor++) close(descriptor);
}

// Ignored signals would stay ignored in the new program, and the daemon ignores some.
static void reset_signals(void) {
    struct sigaction usual = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void become(
    const char *program, char *const *arguments, const struct copytaster_limits *limits, const int *own, pid_t parent) {
    setsid();
    reset_signals();
    // Above the three first, so that none is closed before it is copied.
    int copies[3];
    for (int i = 0; i < 3; i++)
        if ((copies[i] = fcntl(own[i], F_DUPFD, 10)) < 0) _exit(126);
    for (int i = 0; i < 3; i++)
        if (dup2(copies[i], i) < 0) _exit(126);
    close_others();
    // If the daemon is killed, nobody would wait for this one.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(126);
    if (chdir("/") != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || set_limits(limits) != 0) _exit(126);
    // Where it is allowed; where it is not, the filter refuses sockets all the same.
    unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC);
    fence_files();
    fence_calls();
    char *const nothing[] = {NULL};
    execve(program, arguments, nothing);
    _exit(errno == ENOENT ? 127 : 126);
}

pid_t copytaster_start_confined(
    const char *program, char *const *arguments, const struct copytaster_limits *limits, int input, int *output,
    int *errors) {
    int out[2] = {-1, -1}, err[2] = {-1, -1};
    pid_t parent = getpid();
    pid_t child = -1;
    if (pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0) {
        int own[3] = {input, out[1], err[1]};
        child = fork();
        if (child == 0) become(program, arguments, limits, own, parent);
    }
    int code = errno;
    if (out[1] >= 0) close(out[1]);
    if (err[1] >= 0) close(err[1]);
    if (child < 0) {
        if (out[0] >= 0) close(out[0]);
        if (err[0] >= 0) close(err[0]);
    } else {
        *output = out[0];
        *errors = err[0];
    }
    errno = code;
    return child;
}

int copytaster_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("document", MFD_CLOEXEC);
    if (file < 0) return -1;
    size_t done = 0;
    while (done < count) {
        ssize_t written = write(file, (const char *)bytes + done, count - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            int code = errno;
            close(file);
            errno = code;
            return -1;
        }
        done += (size_t)written;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}
