// The few calls of zlib that Wardlight uses, with an opaque handle so that no macro of zlib.h is needed in Swift.
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>
#include <zlib.h>

struct wardlight_input;

static inline struct wardlight_input *wardlight_ready(gzFile file) {
    if (file) gzbuffer(file, 262144);
    return (struct wardlight_input *)file;
}
static inline struct wardlight_input *wardlight_open(const char *path) {
    return wardlight_ready(gzopen(path, "rb"));
}
static inline struct wardlight_input *wardlight_open_input(void) { return wardlight_ready(gzdopen(dup(0), "rb")); }
static inline void wardlight_close(struct wardlight_input *input) { gzclose((gzFile)input); }
static inline int wardlight_errno(void) { return errno; }
static inline long wardlight_position(struct wardlight_input *input) { return gzoffset((gzFile)input); }
static inline int wardlight_read(struct wardlight_input *input, void *bytes, unsigned count) {
    return gzread((gzFile)input, bytes, count);
}
/// Why reading failed, or NULL when it did not.
static inline const char *wardlight_error(struct wardlight_input *input) {
    int code = 0;
    const char *text = gzerror((gzFile)input, &code);
    if (code == Z_OK || code == Z_STREAM_END) return NULL;
    return code == Z_BUF_ERROR ? "it ends before its end" : text;
}
