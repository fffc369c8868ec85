#ifndef COPYTASTER_CZLIB_SHIM_H
#define COPYTASTER_CZLIB_SHIM_H
#include <stdlib.h>
#include <zlib.h>

/// What one step did. `status` is zlib's own.
typedef struct {
    size_t consumed;
    size_t produced;
    int status;
} copytaster_inflated;

/// A stream at its beginning, `window_bits` as in inflateInit2; NULL when there is no memory.
static inline z_stream *copytaster_inflate_new(int window_bits) {
    z_stream *stream = calloc(1, sizeof *stream);
    if (stream && inflateInit2(stream, window_bits) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    return stream;
}

static inline void copytaster_inflate_free(z_stream *stream) {
    if (!stream) return;
    inflateEnd(stream);
    free(stream);
}

/// Inflates what is there into what room is there.
static inline copytaster_inflated copytaster_inflate(z_stream *stream, const unsigned char *input, size_t count,
                                                     unsigned char *output, size_t room) {
    uInt given = count > 1u << 30 ? 1u << 30 : (uInt)count;
    uInt space = room > 1u << 30 ? 1u << 30 : (uInt)room;
    stream->next_in = (unsigned char *)input;
    stream->avail_in = given;
    stream->next_out = output;
    stream->avail_out = space;
    int status = inflate(stream, Z_NO_FLUSH);
    copytaster_inflated done = {given - stream->avail_in, space - stream->avail_out, status};
    stream->next_in = NULL;
    stream->next_out = NULL;
    return done;
}
#endif
