//===----------------------------------------------------------------------===//
// Wardlight · Tests
//
// A disk that fails on demand. For each file it keeps what the last sync made safe, and every write since.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

#include "fault.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct change {
    long long offset;
    /// Octets that were written; NULL for a truncation to `offset`.
    unsigned char *octets;
    size_t count;
    int lost;
};

struct shadow {
    char *path;
    unsigned char *synced;
    size_t size;
    struct change *changes;
    size_t count, room;
    struct shadow *next;
};

struct file {
    sqlite3_file base;
    struct shadow *shadow;
    sqlite3_file *real;
};

static sqlite3_vfs layer;
static sqlite3_vfs *real_layer;
static sqlite3_io_methods methods;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct shadow *shadows;
static int kind, fired, crashed, full_left;
static long planned, operations;

// MARK: - What was written

static struct shadow *shadow_of(const char *path) {
    for (struct shadow *each = shadows; each; each = each->next)
        if (strcmp(each->path, path) == 0) return each;
    return NULL;
}

static void put(unsigned char **octets, size_t *size, const struct change *change, size_t from, size_t to) {
    if (!change->octets) {
        if ((size_t)change->offset < *size) *size = (size_t)change->offset;
        return;
    }
    size_t end = (size_t)change->offset + to;
    if (end > *size) {
        *octets = realloc(*octets, end);
        memset(*octets + *size, 0, end - *size);
        *size = end;
    }
    memcpy(*octets + change->offset + from, change->octets + from, to - from);
}

static void note(struct shadow *shadow, const void *octets, size_t count, long long offset) {
    if (shadow->count == shadow->room) {
        shadow->room = shadow->room ? 2 * shadow->room : 64;
        shadow->changes = realloc(shadow->changes, shadow->room * sizeof *shadow->changes);
    }
    struct change *change = &shadow->changes[shadow->count++];
    *change = (struct change){.offset = offset, .count = count};
    if (!octets) return;
    change->octets = malloc(count ? count : 1);
    memcpy(change->octets, octets, count);
}

static void forget(struct shadow *shadow) {
    for (size_t at = 0; at < shadow->count; at++) free(shadow->changes[at].octets);
    shadow->count = 0;
}

// MARK: - What goes wrong

/// Whether this operation is the one; 0, or the code that SQLite gets.
static int strike(int is_sync) {
    if (crashed) return SQLITE_IOERR;
    if (kind == FAULT_FULL && full_left > 0 && !is_sync) return full_left--, SQLITE_FULL;
    if (kind == FAULT_NONE || fired) return operations++, SQLITE_OK;
    if (kind == FAULT_SYNC && !is_sync) return SQLITE_OK;
    if (kind == FAULT_FULL && is_sync) return SQLITE_OK;
    if (operations++ < planned) return SQLITE_OK;
    fired = 1;
    if (kind == FAULT_CRASH) return crashed = 1, is_sync ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE;
    if (kind == FAULT_FULL) return full_left = 3, SQLITE_FULL;
    return SQLITE_IOERR_FSYNC;
}

// MARK: - A file

static struct file *mine(sqlite3_file *base) { return (struct file *)base; }
static sqlite3_file *real_of(sqlite3_file *base) { return mine(base)->real; }

static int file_close(sqlite3_file *base) { return real_of(base)->pMethods->xClose(real_of(base)); }
static int file_read(sqlite3_file *base, void *octets, int count, sqlite3_int64 offset) {
    return real_of(base)->pMethods->xRead(real_of(base), octets, count, offset);
}
static int file_write(sqlite3_file *base, const void *octets, int count, sqlite3_int64 offset) {
    pthread_mutex_lock(&lock);
    int was = crashed, code = strike(0);
    // A write under way when the power goes may be there, or torn.
    if (code == SQLITE_OK || (crashed && !was)) note(mine(base)->shadow, octets, (size_t)count, offset);
    pthread_mutex_unlock(&lock);
    return code ? code : real_of(base)->pMethods->xWrite(real_of(base), octets, count, offset);
}
static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    pthread_mutex_lock(&lock);
    int code = strike(0);
    if (code == SQLITE_OK) note(mine(base)->shadow, NULL, 0, size);
    pthread_mutex_unlock(&lock);
    return code ? code : real_of(base)->pMethods->xTruncate(real_of(base), size);
}
static int file_sync(sqlite3_file *base, int flags) {
    (void)flags;
    pthread_mutex_lock(&lock);
    struct shadow *shadow = mine(base)->shadow;
    int code = strike(1);
    if (code == SQLITE_OK) {
        for (size_t at = 0; at < shadow->count; at++)
            if (!shadow->changes[at].lost)
                put(&shadow->synced, &shadow->size, &shadow->changes[at], 0, shadow->changes[at].count);
        forget(shadow);
    } else if (!crashed) {
        for (size_t at = 0; at < shadow->count; at++) shadow->changes[at].lost = 1;
    }
    pthread_mutex_unlock(&lock);
    // The real sync is left out: nobody pulls the real plug, and the rounds are many.
    return code;
}
static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    return real_of(base)->pMethods->xFileSize(real_of(base), size);
}
static int file_lock(sqlite3_file *base, int level) { return real_of(base)->pMethods->xLock(real_of(base), level); }
static int file_unlock(sqlite3_file *base, int level) { return real_of(base)->pMethods->xUnlock(real_of(base), level); }
static int file_reserved(sqlite3_file *base, int *out) {
    return real_of(base)->pMethods->xCheckReservedLock(real_of(base), out);
}
static int file_control(sqlite3_file *base, int what, void *argument) {
    return real_of(base)->pMethods->xFileControl(real_of(base), what, argument);
}
static int file_sector(sqlite3_file *base) { return real_of(base)->pMethods->xSectorSize(real_of(base)); }
static int file_traits(sqlite3_file *base) {
    (void)base;
    // No promise of a safe append or of atomic writes: the plainest disk.
    return 0;
}
static int file_shm_map(sqlite3_file *base, int page, int size, int extend, void volatile **out) {
    return real_of(base)->pMethods->xShmMap(real_of(base), page, size, extend, out);
}
static int file_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    return real_of(base)->pMethods->xShmLock(real_of(base), offset, count, flags);
}
static void file_shm_barrier(sqlite3_file *base) { real_of(base)->pMethods->xShmBarrier(real_of(base)); }
static int file_shm_unmap(sqlite3_file *base, int remove) {
    return real_of(base)->pMethods->xShmUnmap(real_of(base), remove);
}

// MARK: - The layer

static struct shadow *remember(const char *path, sqlite3_file *real) {
    struct shadow *shadow = shadow_of(path);
    if (shadow) return shadow;
    shadow = calloc(1, sizeof *shadow);
    shadow->path = strdup(path);
    sqlite3_int64 size = 0;
    if (real->pMethods->xFileSize(real, &size) == SQLITE_OK && size > 0) {
        shadow->synced = malloc((size_t)size);
        shadow->size = (size_t)size;
        real->pMethods->xRead(real, shadow->synced, (int)size, 0);
    }
    shadow->next = shadows;
    shadows = shadow;
    return shadow;
}

static int layer_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out) {
    (void)vfs;
    struct file *file = mine(base);
    base->pMethods = NULL;
    int is_mine = path && strstr(path, "/fault/")
        && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
    if (!is_mine) return real_layer->xOpen(real_layer, path, base, flags, out);
    file->real = (sqlite3_file *)(file + 1);
    file->real->pMethods = NULL;
    int code = real_layer->xOpen(real_layer, path, file->real, flags, out);
    if (code != SQLITE_OK) return code;
    pthread_mutex_lock(&lock);
    file->shadow = remember(path, file->real);
    pthread_mutex_unlock(&lock);
    base->pMethods = &methods;
    return SQLITE_OK;
}

static int layer_delete(sqlite3_vfs *vfs, const char *path, int sync) {
    (void)vfs;
    pthread_mutex_lock(&lock);
    int is_mine = path && strstr(path, "/fault/") != NULL, is_over = is_mine && crashed;
    if (is_mine && !crashed)
        for (struct shadow **each = &shadows; *each; each = &(*each)->next)
            if (strcmp((*each)->path, path) == 0) {
                struct shadow *gone = *each;
                *each = gone->next;
                forget(gone);
                free(gone->changes), free(gone->synced), free(gone->path), free(gone);
                break;
            }
    pthread_mutex_unlock(&lock);
    return is_over ? SQLITE_IOERR_DELETE : real_layer->xDelete(real_layer, path, sync);
}

int fault_install(void) {
    if (real_layer) return 0;
    if (sqlite3_initialize() != SQLITE_OK) return 1;
    sqlite3_vfs *found = sqlite3_vfs_find(NULL);
    if (!found) return 1;
    layer = *found;
    layer.pNext = NULL;
    layer.zName = "fault";
    layer.szOsFile = (int)sizeof(struct file) + found->szOsFile;
    layer.xOpen = layer_open;
    layer.xDelete = layer_delete;
    methods = (sqlite3_io_methods){
        .iVersion = 2,
        .xClose = file_close, .xRead = file_read, .xWrite = file_write, .xTruncate = file_truncate,
        .xSync = file_sync, .xFileSize = file_size, .xLock = file_lock, .xUnlock = file_unlock,
        .xCheckReservedLock = file_reserved, .xFileControl = file_control, .xSectorSize = file_sector,
        .xDeviceCharacteristics = file_traits, .xShmMap = file_shm_map, .xShmLock = file_shm_lock,
        .xShmBarrier = file_shm_barrier, .xShmUnmap = file_shm_unmap,
    };
    real_layer = found;
    return sqlite3_vfs_register(&layer, 1) == SQLITE_OK ? 0 : 1;
}

void fault_plan(int what, long operation) {
    pthread_mutex_lock(&lock);
    kind = what;
    planned = operation;
    fired = crashed = full_left = 0;
    operations = 0;
    pthread_mutex_unlock(&lock);
}

int fault_fired(void) { return fired; }
long fault_operations(void) { return operations; }

static unsigned long long draw(unsigned long long *state) {
    unsigned long long mixed = (*state += 0x9E3779B97F4A7C15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
}

int fault_power_loss(unsigned long long seed) {
    int written = 0;
    pthread_mutex_lock(&lock);
    while (shadows) {
        struct shadow *shadow = shadows;
        shadows = shadow->next;
        for (size_t at = 0; at < shadow->count; at++) {
            struct change *change = &shadow->changes[at];
            unsigned long long chance = draw(&seed) % 3;
            if (change->lost || chance == 0) continue;
            if (chance == 1 || !change->octets) {
                put(&shadow->synced, &shadow->size, change, 0, change->count);
                continue;
            }
            for (size_t from = 0; from < change->count; from += 512)
                if (draw(&seed) % 2) {
                    size_t to = from + 512 < change->count ? from + 512 : change->count;
                    put(&shadow->synced, &shadow->size, change, from, to);
                }
        }
        FILE *file = access(shadow->path, F_OK) == 0 ? fopen(shadow->path, "wb") : NULL;
        if (file) {
            if (shadow->size && fwrite(shadow->synced, 1, shadow->size, file) != shadow->size) written = -1000000;
            fclose(file);
            written++;
            // Shared memory does not outlive the machine.
            char *name = malloc(strlen(shadow->path) + 5);
            strcat(strcpy(name, shadow->path), "-shm");
            unlink(name);
            free(name);
        }
        forget(shadow);
        free(shadow->changes), free(shadow->synced), free(shadow->path), free(shadow);
    }
    kind = FAULT_NONE;
    fired = crashed = full_left = 0;
    operations = 0;
    pthread_mutex_unlock(&lock);
    return written < 0 ? -1 : written;
}
