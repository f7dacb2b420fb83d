// The few calls of zlib that Wardlight uses, behind an opaque handle: a file or standard input, gzip (RFC 1952) undone.
// inflate rather than gzread: gzread keeps back what it had undone when it meets damage, here it is handed out.
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define WARDLIGHT_INPUT_BUFFER 262144

enum wardlight_form { WARDLIGHT_UNDECIDED, WARDLIGHT_PLAIN, WARDLIGHT_GZIP };

struct wardlight_input {
    int file;
    enum wardlight_form form;
    int is_at_end;         // the file has no more
    int is_finished;       // and neither have we
    const char *damage;    // why reading cannot go on
    long long position;    // octets read from the file
    z_stream stream;       // next_in and avail_in are what waits in the buffer, also of a plain file
    unsigned char buffer[WARDLIGHT_INPUT_BUFFER];
};

static inline struct wardlight_input *wardlight_ready(int file) {
    if (file < 0) return NULL;
    struct stat status;
    if (fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(file);
        errno = EISDIR;
        return NULL;
    }
    struct wardlight_input *input = (struct wardlight_input *)calloc(1, sizeof *input);
    if (input && inflateInit2(&input->stream, 15 + 16) != Z_OK) {
        free(input);
        input = NULL;
    }
    if (!input) {
        close(file);
        errno = ENOMEM;
        return NULL;
    }
    input->file = file;
    return input;
}
static inline struct wardlight_input *wardlight_open(const char *path) {
    return wardlight_ready(open(path, O_RDONLY | O_CLOEXEC));
}
static inline struct wardlight_input *wardlight_open_input(void) { return wardlight_ready(dup(0)); }
static inline void wardlight_close(struct wardlight_input *input) {
    inflateEnd(&input->stream);
    close(input->file);
    free(input);
}
static inline int wardlight_errno(void) { return errno; }
static inline int wardlight_is_directory(void) { return EISDIR; }
static inline long long wardlight_position(struct wardlight_input *input) {
    return input->position - input->stream.avail_in;
}
/// Why reading failed, or NULL when it did not.
static inline const char *wardlight_error(struct wardlight_input *input) { return input->damage; }

static inline size_t wardlight_receive(struct wardlight_input *input, void *bytes, size_t count) {
    ssize_t got;
    do { got = read(input->file, bytes, count); } while (got < 0 && errno == EINTR);
    if (got < 0) input->damage = strerror(errno);
    if (got <= 0) {
        input->is_at_end = 1;
        return 0;
    }
    input->position += got;
    return (size_t)got;
}
/// Waits until two octets are there: the magic of gzip, or of what follows it.
static inline int wardlight_has_magic(struct wardlight_input *input) {
    if (input->stream.avail_in < 2 && input->stream.avail_in > 0)
        memmove(input->buffer, input->stream.next_in, input->stream.avail_in);
    if (input->stream.avail_in < 2) input->stream.next_in = input->buffer;
    while (input->stream.avail_in < 2 && !input->is_at_end)
        input->stream.avail_in += (unsigned)wardlight_receive(
            input, input->buffer + input->stream.avail_in, WARDLIGHT_INPUT_BUFFER - input->stream.avail_in);
    return input->stream.avail_in >= 2 && input->stream.next_in[0] == 0x1F && input->stream.next_in[1] == 0x8B;
}
static inline size_t wardlight_read_plain(struct wardlight_input *input, void *bytes, size_t count) {
    size_t waiting = input->stream.avail_in;
    if (waiting == 0) return input->is_at_end ? 0 : wardlight_receive(input, bytes, count);
    if (waiting > count) waiting = count;
    memcpy(bytes, input->stream.next_in, waiting);
    input->stream.next_in += waiting;
    input->stream.avail_in -= (unsigned)waiting;
    return waiting;
}
static inline size_t wardlight_read_gzip(struct wardlight_input *input, void *bytes, size_t count) {
    z_stream *stream = &input->stream;
    stream->next_out = (unsigned char *)bytes;
    stream->avail_out = (unsigned)count;
    while (stream->avail_out > 0 && !input->is_finished && !input->damage) {
        if (stream->avail_in == 0 && !input->is_at_end) {
            stream->next_in = input->buffer;
            stream->avail_in = (unsigned)wardlight_receive(input, input->buffer, WARDLIGHT_INPUT_BUFFER);
        }
        if (stream->avail_in == 0 && input->damage) break;
        int code = inflate(stream, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            // Another member may follow; anything else behind it is not ours.
            if (wardlight_has_magic(input)) inflateReset(stream);
            else input->is_finished = 1;
        } else if (code == Z_BUF_ERROR && input->is_at_end) {
            input->damage = "it ends before its end";
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            input->damage = stream->msg ? stream->msg : "it cannot be undone";
        }
    }
    return count - stream->avail_out;
}
/// Up to `count` octets, 0 at the end and at damage; what stands before damage is handed out first.
static inline size_t wardlight_read(struct wardlight_input *input, void *bytes, size_t count) {
    if (input->form == WARDLIGHT_UNDECIDED)
        input->form = wardlight_has_magic(input) ? WARDLIGHT_GZIP : WARDLIGHT_PLAIN;
    if (count > 1 << 30) count = 1 << 30;
    return input->form == WARDLIGHT_GZIP ? wardlight_read_gzip(input, bytes, count)
                                         : wardlight_read_plain(input, bytes, count);
}
