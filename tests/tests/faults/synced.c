/*
 * A disk that keeps only what was synced, for LD_PRELOAD.
 *
 * A killed process leaves its writes in the page cache, so killing it does not show what a power cut would. This stands
 * before fsync and fdatasync: whenever a file under SYNCED_ROOT is synced, its content as of that moment is copied to
 * SYNCED_DISK/i/INODE; whenever a directory is synced, the names in it are copied to SYNCED_DISK/d as links to those
 * contents. At any moment SYNCED_DISK is what a power cut would have left: no write, no name that nobody synced.
 * With SYNCED_DEAF nothing is kept, as if nobody had asked for it: SQLite's synchronous=OFF.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATH (PATH_MAX + 256)

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* A disk that cannot be written proves nothing. */
static void must(int well, const char *what) {
    if (well) return;
    perror(what);
    abort();
}

static void keep_content(int fd, const char *disk, ino_t inode) {
    char fresh[PATH], kept[PATH], self[64], buffer[65536];
    snprintf(kept, sizeof kept, "%s/i/%lu", disk, (unsigned long)inode);
    snprintf(fresh, sizeof fresh, "%s/i/%lu.%d", disk, (unsigned long)inode, (int)getpid());
    /* A second descriptor would, when closed, take SQLite's locks with it; SQLite's own can be read from. */
    int from = fd;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
        snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
        from = open(self, O_RDONLY | O_CLOEXEC);
        must(from >= 0, "open a file again");
    }
    int to = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(to >= 0, fresh);
    off_t at = 0;
    ssize_t got;
    while ((got = pread(from, buffer, sizeof buffer, at)) > 0) {
        must(write(to, buffer, (size_t)got) == got, fresh);
        at += got;
    }
    must(got == 0, "read a file that is synced");
    close(to);
    if (from != fd) close(from);
    must(rename(fresh, kept) == 0, kept);
}

static void keep_names(const char *live, const char *disk, const char *under) {
    char names[PATH], from[PATH], to[PATH], fresh[PATH], content[PATH];
    struct dirent *entry;
    struct stat seen;
    snprintf(names, sizeof names, "%s/d%s", disk, under);
    DIR *dir = opendir(live);
    must(dir != NULL, live);
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        must(snprintf(from, sizeof from, "%s/%s", live, entry->d_name) < (int)sizeof from, "a long name");
        must(snprintf(to, sizeof to, "%s/%s", names, entry->d_name) < (int)sizeof to, "a long name");
        if (lstat(from, &seen) != 0) continue;
        if (S_ISDIR(seen.st_mode)) {
            mkdir(to, 0700);
            continue;
        }
        snprintf(content, sizeof content, "%s/i/%lu", disk, (unsigned long)seen.st_ino);
        must(snprintf(fresh, sizeof fresh, "%s.%d", to, (int)getpid()) < (int)sizeof fresh, "a long name");
        unlink(fresh);
        must(symlink(content, fresh) == 0, fresh);
        must(rename(fresh, to) == 0, to);
    }
    closedir(dir);
    dir = opendir(names);
    must(dir != NULL, names);
    while ((entry = readdir(dir)) != NULL) {
        must(snprintf(from, sizeof from, "%s/%s", live, entry->d_name) < (int)sizeof from, "a long name");
        must(snprintf(to, sizeof to, "%s/%s", names, entry->d_name) < (int)sizeof to, "a long name");
        if (lstat(from, &seen) != 0) unlink(to);
    }
    closedir(dir);
}

static void keep(int fd) {
    const char *root = getenv("SYNCED_ROOT"), *disk = getenv("SYNCED_DISK");
    char self[64], path[PATH];
    struct stat seen;
    if (root == NULL || disk == NULL || getenv("SYNCED_DEAF") != NULL) return;
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(self, path, sizeof path - 1);
    if (length < 0 || fstat(fd, &seen) != 0) return;
    path[length] = '\0';
    size_t prefix = strlen(root);
    if (strncmp(path, root, prefix) != 0 || (path[prefix] != '/' && path[prefix] != '\0')) return;
    pthread_mutex_lock(&one_at_a_time);
    if (S_ISDIR(seen.st_mode)) keep_names(path, disk, path + prefix);
    else keep_content(fd, disk, seen.st_ino);
    pthread_mutex_unlock(&one_at_a_time);
}

int fsync(int fd) {
    keep(fd);
    return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
    keep(fd);
    return (int)syscall(SYS_fdatasync, fd);
}
