// Preloaded into the program under test: counts the calls that change files below FAULTS_BELOW, and at number
// FAULTS_AT kills the process or lets that call fail. A write that is killed, or the first one on a disk that stays
// full, has written half of its bytes: the disk knows nothing of whole records.
//
//   FAULTS_BELOW    only files whose path begins with this count
//   FAULTS_AT       the number of the call, from 1; 0: none
//   FAULTS_ERROR    the errno of the call; 0: the process is killed
//   FAULTS_LASTING  1: every later call that needs room fails too, as on a disk that stays full
//   FAULTS_LOG      a file that gets a line a call: its name and its path
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static const char *below;
static long at;
static int error_number;
static int is_lasting;
static int log_descriptor = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    below = getenv("FAULTS_BELOW");
    if (getenv("FAULTS_AT")) at = atol(getenv("FAULTS_AT"));
    if (getenv("FAULTS_ERROR")) error_number = atoi(getenv("FAULTS_ERROR"));
    is_lasting = getenv("FAULTS_LASTING") != NULL;
    const char *log = getenv("FAULTS_LOG");
    if (log) log_descriptor = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_watched(const char *path) {
    if (!below || !path) return 0;
    char whole[4096];
    if (path[0] != '/') {
        char folder[2048];
        if (syscall(SYS_getcwd, folder, sizeof folder) <= 0) return 0;
        snprintf(whole, sizeof whole, "%s/%s", folder, path);
        path = whole;
    }
    return strncmp(path, below, strlen(below)) == 0;
}

static int is_watched_descriptor(int descriptor, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, size - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_watched(path);
}

static void die(void) { syscall(SYS_kill, syscall(SYS_getpid), SIGKILL); }

enum turn { go, fail, half };

// `needs_room`: a full disk refuses it.
static enum turn turn_of(const char *name, const char *path, int needs_room, int is_write) {
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (log_descriptor >= 0) {
        char line[4300];
        int length = snprintf(line, sizeof line, "%s %s\n", name, path);
        syscall(SYS_write, log_descriptor, line, length);
    }
    if (at == 0 || number < at) return go;
    if (number == at) {
        if (is_write && (error_number == 0 || is_lasting)) return half;
        if (error_number == 0) die();
        return fail;
    }
    return is_lasting && needs_room ? fail : go;
}

#define DESCRIPTOR_CALL(type, name, parameters, arguments, room)                                                      \
    type name parameters {                                                                                            \
        char path[4096];                                                                                              \
        if (is_watched_descriptor(descriptor, path, sizeof path) && turn_of(#name, path, room, 0) != go) {            \
            errno = error_number;                                                                                     \
            return -1;                                                                                                \
        }                                                                                                             \
        return REAL(name) arguments;                                                                                  \
    }

#define PATH_CALL(type, name, parameters, arguments, which, room)                                                     \
    type name parameters {                                                                                            \
        if (is_watched(which) && turn_of(#name, which, room, 0) != go) {                                              \
            errno = error_number;                                                                                     \
            return -1;                                                                                                \
        }                                                                                                             \
        return REAL(name) arguments;                                                                                  \
    }

#define WRITE_CALL(name, parameters, arguments, half_arguments)                                                       \
    ssize_t name parameters {                                                                                         \
        char path[4096];                                                                                              \
        if (!is_watched_descriptor(descriptor, path, sizeof path)) return REAL(name) arguments;                       \
        switch (turn_of(#name, path, 1, 1)) {                                                                         \
        case go: return REAL(name) arguments;                                                                         \
        case fail: break;                                                                                             \
        case half:                                                                                                    \
            if (count > 1 && error_number == 0) REAL(name) half_arguments;                                            \
            if (error_number == 0) die();                                                                             \
            if (count > 1) return REAL(name) half_arguments;                                                          \
            break;                                                                                                    \
        }                                                                                                             \
        errno = error_number;                                                                                         \
        return -1;                                                                                                    \
    }

WRITE_CALL(write, (int descriptor, const void *bytes, size_t count), (descriptor, bytes, count),
           (descriptor, bytes, count / 2))
WRITE_CALL(pwrite, (int descriptor, const void *bytes, size_t count, off_t place), (descriptor, bytes, count, place),
           (descriptor, bytes, count / 2, place))
WRITE_CALL(pwrite64, (int descriptor, const void *bytes, size_t count, off64_t place),
           (descriptor, bytes, count, place), (descriptor, bytes, count / 2, place))

DESCRIPTOR_CALL(ssize_t, writev, (int descriptor, const struct iovec *parts, int count), (descriptor, parts, count), 1)
DESCRIPTOR_CALL(int, fsync, (int descriptor), (descriptor), 1)
DESCRIPTOR_CALL(int, fdatasync, (int descriptor), (descriptor), 1)
DESCRIPTOR_CALL(int, ftruncate, (int descriptor, off_t size), (descriptor, size), 1)
DESCRIPTOR_CALL(int, ftruncate64, (int descriptor, off64_t size), (descriptor, size), 1)
DESCRIPTOR_CALL(int, fchmod, (int descriptor, mode_t mode), (descriptor, mode), 0)

PATH_CALL(int, rename, (const char *old, const char *new), (old, new), old, 0)
PATH_CALL(int, link, (const char *old, const char *new), (old, new), new, 1)
PATH_CALL(int, unlink, (const char *path), (path), path, 0)
PATH_CALL(int, rmdir, (const char *path), (path), path, 0)
PATH_CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), path, 1)
PATH_CALL(int, chmod, (const char *path, mode_t mode), (path, mode), path, 0)

#define OPEN_CALL(name)                                                                                               \
    int name(const char *path, int flags, ...) {                                                                      \
        mode_t mode = 0;                                                                                              \
        if (flags & (O_CREAT | __O_TMPFILE)) {                                                                        \
            va_list rest;                                                                                             \
            va_start(rest, flags);                                                                                    \
            mode = va_arg(rest, mode_t);                                                                              \
            va_end(rest);                                                                                             \
        }                                                                                                             \
        if ((flags & O_CREAT) && is_watched(path) && turn_of(#name, path, 1, 0) != go) {                              \
            errno = error_number;                                                                                     \
            return -1;                                                                                                \
        }                                                                                                             \
        return REAL(name)(path, flags, mode);                                                                         \
    }

OPEN_CALL(open)
OPEN_CALL(open64)

#define OPENAT_CALL(name)                                                                                             \
    int name(int folder, const char *path, int flags, ...) {                                                          \
        mode_t mode = 0;                                                                                              \
        if (flags & (O_CREAT | __O_TMPFILE)) {                                                                        \
            va_list rest;                                                                                             \
            va_start(rest, flags);                                                                                    \
            mode = va_arg(rest, mode_t);                                                                              \
            va_end(rest);                                                                                             \
        }                                                                                                             \
        if ((flags & O_CREAT) && is_watched(path) && turn_of(#name, path, 1, 0) != go) {                              \
            errno = error_number;                                                                                     \
            return -1;                                                                                                \
        }                                                                                                             \
        return REAL(name)(folder, path, flags, mode);                                                                 \
    }

OPENAT_CALL(openat)
OPENAT_CALL(openat64)
