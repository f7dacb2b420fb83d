// What the C library (glibc, mallopt(3)) does with memory that was given back.
#include <malloc.h>

/// From 128 KiB on a block is given back to the system as soon as it is free; 1 when it worked.
static inline int wardlight_give_back(void) { return mallopt(M_TRIM_THRESHOLD, 128 << 10); }
