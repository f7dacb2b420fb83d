// What the C library (glibc, mallopt(3)) does with memory that was given back.
#include <malloc.h>

/// From 128 KiB on a block is given back to the system as soon as it is free; 1 when it worked.
static inline int wardlight_give_back(void) { return mallopt(M_TRIM_THRESHOLD, 128 << 10); }

/// All threads take their memory from two places, so that what one gave back serves another; 1 when it worked.
static inline int wardlight_share(void) { return mallopt(M_ARENA_MAX, 2); }

/// Gives back all that is free now, in whole pages; 1 when there was any (malloc_trim(3)).
static inline int wardlight_trim(void) { return malloc_trim(0); }
