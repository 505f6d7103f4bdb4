/* LD_PRELOAD: calls on files below a folder fail with EIO once armed, as those of a dying disk do.
 *
 * `torture_arm(folder, after, times)`: of the calls that change or sync a file below the folder, `after` more succeed, then
 * `times` fail (negative: all that follow). Whoever calls libc is met: Python, SQLite, Arrow, DuckDB.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long after_calls, times_left, failures;

void torture_arm(const char *below, long after, long times) {
    strncpy(folder, below, sizeof folder - 1);
    after_calls = after;
    times_left = times;
}

long torture_failures(void) { return failures; }

static int fails_now(void) {
    if (after_calls > 0) { after_calls--; return 0; }
    if (times_left == 0) return 0;
    if (times_left > 0) times_left--;
    failures++;
    errno = EIO;
    return 1;
}

static int below(const char *path) { return path && strncmp(path, folder, strlen(folder)) == 0; }

static int fails(int fd) {
    if (!folder[0] || times_left == 0) return 0;
    char link[64], path[PATH_MAX];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path) && fails_now();
}

static int path_fails(const char *path) { return folder[0] && times_left != 0 && below(path) && fails_now(); }

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) { REAL(write); return fails(fd) ? -1 : real(fd, data, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { REAL(pwrite); return fails(fd) ? -1 : real(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { REAL(pwrite64); return fails(fd) ? -1 : real(fd, data, size, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { REAL(writev); return fails(fd) ? -1 : real(fd, parts, count); }
int fsync(int fd) { REAL(fsync); return fails(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return fails(fd) ? -1 : real(fd); }
int ftruncate(int fd, off_t size) { REAL(ftruncate); return fails(fd) ? -1 : real(fd, size); }
int ftruncate64(int fd, off64_t size) { REAL(ftruncate64); return fails(fd) ? -1 : real(fd, size); }
int rename(const char *old, const char *new) { REAL(rename); return path_fails(old) ? -1 : real(old, new); }
int link(const char *old, const char *new) { REAL(link); return path_fails(new) ? -1 : real(old, new); }
int symlink(const char *old, const char *new) { REAL(symlink); return path_fails(new) ? -1 : real(old, new); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return path_fails(path) ? -1 : real(path, mode); }
