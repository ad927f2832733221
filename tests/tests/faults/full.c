/*
 * A disk that is full for some files and not for others, for LD_PRELOAD.
 *
 * While FULL_MARKER exists, files whose path begins with FULL_FILES have ROOM bytes left between them; after those, a
 * write is answered with ENOSPC. So does a real disk fill up: the last write that finds any room is cut short, and part
 * of a page stays behind. ROOM is less than a page, so no transaction passes. The marker is looked for at each write: a
 * test fills the disk and clears it while the server runs.
 *
 * Writing over what is there finds no room either, as on a disk that copies on write: SQLite begins its -wal anew from
 * the top, and would find room there on any other. What it maps (-shm) it makes longer by a write, so that is met, too.
 * Cutting a file short or making it longer with a hole takes no room, and is let through.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ROOM 3000

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static size_t room = ROOM;

/* Is fd one of the files this disk holds? */
static int is_ours(int fd, const char *files) {
    char self[64], path[PATH_MAX];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(self, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    return strncmp(path, files, strlen(files)) == 0;
}

/* How many of so many bytes find room; the rest of them does not. */
static size_t granted(int fd, size_t wanted) {
    const char *files = getenv("FULL_FILES"), *marker = getenv("FULL_MARKER");
    if (files == NULL || marker == NULL) return wanted;
    int before = errno, ours = is_ours(fd, files);
    if (ours) {
        pthread_mutex_lock(&one_at_a_time);
        if (access(marker, F_OK) != 0) {
            room = ROOM;
        } else {
            if (wanted > room) wanted = room;
            room -= wanted;
        }
        pthread_mutex_unlock(&one_at_a_time);
    }
    errno = before;
    return wanted;
}

static ssize_t no_room(void) {
    errno = ENOSPC;
    return -1;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    size_t some = granted(fd, count);
    return some == 0 && count > 0 ? no_room() : syscall(SYS_write, fd, bytes, some);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    size_t some = granted(fd, count);
    return some == 0 && count > 0 ? no_room() : syscall(SYS_pwrite64, fd, bytes, some, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return pwrite64(fd, bytes, count, at);
}
