// What Swift cannot say to libcurl itself: its variadic functions, its callbacks and an anonymous union.
//
// The callbacks are here, in C, because they run for every chunk and every connection: a body and a header block are
// collected in plain buffers with hard limits, and an address is judged before a socket to it is opened. All of it is
// `static inline`, since a system library target compiles no `.c` file.
#ifndef COPYTASTER_CLIBCURL_SHIM_H
#define COPYTASTER_CLIBCURL_SHIM_H
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

// ---- Options and answers, one wrapper per argument type. The parentheses keep curl's type-checking macros away.

static inline CURLcode copytaster_global_init(void) { return curl_global_init(CURL_GLOBAL_ALL); }

static inline CURLcode copytaster_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode copytaster_set_offset(CURL *easy, CURLoption option, int64_t value) {
    return (curl_easy_setopt)(easy, option, (curl_off_t)value);
}
static inline CURLcode copytaster_set_string(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode copytaster_set_pointer(CURL *easy, CURLoption option, void *value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline CURLcode copytaster_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(easy, option, value);
}
static inline long copytaster_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return (curl_easy_getinfo)(easy, info, &value) == CURLE_OK ? value : 0;
}
static inline int64_t copytaster_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return (curl_easy_getinfo)(easy, info, &value) == CURLE_OK ? (int64_t)value : 0;
}
/// Owned by the easy handle; NULL when there is none.
static inline const char *copytaster_get_string(CURL *easy, CURLINFO info) {
    char *value = NULL;
    return (curl_easy_getinfo)(easy, info, &value) == CURLE_OK ? value : NULL;
}
static inline CURLMcode copytaster_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}
/// The next finished transfer and its result; NULL when there is no more.
static inline CURL *copytaster_multi_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
/// The file of trusted certificates that this libcurl was built for, or NULL.
static inline const char *copytaster_default_certificates(void) {
    const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
    return version->age >= CURLVERSION_TENTH ? version->cainfo : NULL;
}

// ---- Addresses

/// Sixteen bytes; an IPv4 address stands in its mapped form, ::ffff:a.b.c.d.
typedef struct {
    unsigned char bytes[16];
    bool is_v4;
} copytaster_address;

/// All addresses whose first `prefix` bits (of 128) are those of `bytes`.
typedef struct {
    unsigned char bytes[16];
    int prefix;
} copytaster_network;

static inline bool copytaster_has_prefix(const unsigned char *bytes, const unsigned char *start, int bits) {
    int whole = bits / 8, rest = bits % 8;
    if (memcmp(bytes, start, (size_t)whole) != 0) return false;
    return rest == 0 || ((bytes[whole] ^ start[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
}

static inline copytaster_address copytaster_from_v4(const void *four) {
    copytaster_address address = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, true};
    memcpy(address.bytes + 12, four, 4);
    return address;
}

/// Reads a literal address; a zone (`%eth0`) and brackets are ignored.
static inline bool copytaster_parse_address(const char *text, copytaster_address *address) {
    char plain[INET6_ADDRSTRLEN + 1];
    if (*text == '[') text++;
    size_t length = strcspn(text, "%]");
    if (length >= sizeof plain) return false;
    memcpy(plain, text, length);
    plain[length] = 0;
    unsigned char four[4];
    if (inet_pton(AF_INET, plain, four) == 1) {
        *address = copytaster_from_v4(four);
        return true;
    }
    address->is_v4 = false;
    return inet_pton(AF_INET6, plain, address->bytes) == 1;
}

/// Reads `10.0.0.0/8`, `fd00::/8`, or an address alone.
static inline bool copytaster_parse_network(const char *text, copytaster_network *network) {
    char plain[INET6_ADDRSTRLEN + 1];
    const char *slash = strchr(text, '/');
    size_t length = slash ? (size_t)(slash - text) : strlen(text);
    if (length >= sizeof plain) return false;
    memcpy(plain, text, length);
    plain[length] = 0;
    copytaster_address address;
    if (!copytaster_parse_address(plain, &address)) return false;
    int width = address.is_v4 ? 32 : 128, bits = width;
    if (slash) {
        char *end = NULL;
        if (slash[1] < '0' || slash[1] > '9') return false;
        long value = strtol(slash + 1, &end, 10);
        if (*end || value > width) return false;
        bits = (int)value;
    }
    memcpy(network->bytes, address.bytes, 16);
    network->prefix = bits + (128 - width);
    return true;
}

/// Whether an address belongs to a machine of the public internet, as far as the address alone tells.
///
/// Not public: this host, private and carrier networks, link-local (with the clouds' metadata services), documentation,
/// benchmarks, multicast, reserved; and every IPv6 form that carries an IPv4 address, since it may carry a private one.
static inline bool copytaster_is_public(const copytaster_address *address) {
    static const struct {
        unsigned char start[4];
        int bits;
    } v4[] = {
        {{0}, 8}, {{10}, 8}, {{100, 64}, 10}, {{127}, 8}, {{169, 254}, 16}, {{172, 16}, 12}, {{192, 0, 0}, 24},
        {{192, 0, 2}, 24}, {{192, 88, 99}, 24}, {{192, 168}, 16}, {{198, 18}, 15}, {{198, 51, 100}, 24},
        {{203, 0, 113}, 24}, {{224}, 4}, {{240}, 4},
        {{168, 63, 129, 16}, 32}, // Azure's platform service answers there
    };
    static const struct {
        unsigned char start[16];
        int bits;
    } v6[] = {
        {{0x20, 0x01, 0, 0}, 23},          // protocols: Teredo, benchmarks, ORCHID
        {{0x20, 0x01, 0x0D, 0xB8}, 32},    // documentation
        {{0x20, 0x02}, 16},                // 6to4
        {{0x3F, 0xFF}, 20},                // documentation
    };
    if (address->is_v4) {
        for (size_t i = 0; i < sizeof v4 / sizeof v4[0]; i++)
            if (copytaster_has_prefix(address->bytes + 12, v4[i].start, v4[i].bits)) return false;
    } else {
        // Only 2000::/3 is given out. Outside are loopback, v4-mapped, NAT64, private, link-local, multicast.
        if (address->bytes[0] >> 5 != 1) return false;
        for (size_t i = 0; i < sizeof v6 / sizeof v6[0]; i++)
            if (copytaster_has_prefix(address->bytes, v6[i].start, v6[i].bits)) return false;
    }
    return true;
}

// ---- A transfer: what the callbacks fill

enum { copytaster_header_bytes = 64 * 1024, copytaster_header_lines = 200 };

/// What one transfer received, its limits, and why it was stopped. Belongs to the thread that runs the transfer.
typedef struct {
    uint64_t id;
    unsigned char *body;
    size_t body_count, body_capacity;
    /// Decoded bytes: a small compressed body may hide a large one.
    size_t body_limit;
    bool body_too_large;
    /// The header lines of the last response, status line included, without trailers.
    char *headers;
    size_t headers_count;
    size_t header_bytes_seen, header_lines_seen;
    bool headers_too_large;
    bool out_of_memory;
    /// Set by the caller: any address is fine.
    bool allows_any_address;
    /// Set by the caller: these are fine as well as the public ones. Must outlive the transfer.
    const copytaster_network *allowed;
    size_t allowed_count;
    /// An address was refused. Other addresses of the same name may have worked.
    bool blocked;
    char error[CURL_ERROR_SIZE];
} copytaster_transfer;

static inline copytaster_transfer *copytaster_transfer_create(void) {
    copytaster_transfer *transfer = (copytaster_transfer *)calloc(1, sizeof *transfer);
    if (transfer && !(transfer->headers = (char *)malloc(copytaster_header_bytes))) {
        free(transfer);
        return NULL;
    }
    return transfer;
}

static inline void copytaster_transfer_destroy(copytaster_transfer *transfer) {
    free(transfer->body);
    free(transfer->headers);
    free(transfer);
}

/// Empties it for the next transfer; a small buffer is kept, a large one given back.
static inline void copytaster_transfer_reset(copytaster_transfer *transfer) {
    copytaster_transfer empty = {0};
    empty.headers = transfer->headers;
    if (transfer->body_capacity > 256 * 1024) {
        free(transfer->body);
    } else {
        empty.body = transfer->body;
        empty.body_capacity = transfer->body_capacity;
    }
    *transfer = empty;
}

static inline const char *copytaster_transfer_error(const copytaster_transfer *transfer) { return transfer->error; }

static inline bool copytaster_may_connect(copytaster_transfer *transfer, const copytaster_address *address) {
    if (transfer->allows_any_address || copytaster_is_public(address)) return true;
    for (size_t i = 0; i < transfer->allowed_count; i++)
        if (copytaster_has_prefix(address->bytes, transfer->allowed[i].bytes, transfer->allowed[i].prefix)) return true;
    transfer->blocked = true;
    return false;
}

static inline size_t copytaster_on_body(char *bytes, size_t size, size_t count, void *context) {
    copytaster_transfer *transfer = (copytaster_transfer *)context;
    size_t length = size * count, needed = transfer->body_count + length;
    if (needed > transfer->body_limit) {
        transfer->body_too_large = true;
        return 0;
    }
    if (needed > transfer->body_capacity) {
        size_t capacity = transfer->body_capacity ? transfer->body_capacity : 16 * 1024;
        while (capacity < needed) capacity *= 2;
        unsigned char *body = (unsigned char *)realloc(transfer->body, capacity);
        if (!body) {
            transfer->out_of_memory = true;
            return 0;
        }
        transfer->body = body;
        transfer->body_capacity = capacity;
    }
    if (length) memcpy(transfer->body + transfer->body_count, bytes, length);
    transfer->body_count = needed;
    return length;
}

static inline size_t copytaster_on_header(char *bytes, size_t size, size_t count, void *context) {
    copytaster_transfer *transfer = (copytaster_transfer *)context;
    size_t length = size * count;
    transfer->header_bytes_seen += length;
    transfer->header_lines_seen += 1;
    if (transfer->header_bytes_seen > copytaster_header_bytes || transfer->header_lines_seen > copytaster_header_lines) {
        transfer->headers_too_large = true;
        return 0;
    }
    if (transfer->body_count > 0) return length; // a trailer
    if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) transfer->headers_count = 0; // a new response begins
    memcpy(transfer->headers + transfer->headers_count, bytes, length);
    transfer->headers_count += length;
    return length;
}

static inline curl_socket_t copytaster_on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to) {
    copytaster_transfer *transfer = (copytaster_transfer *)context;
    copytaster_address address = {{0}, false};
    (void)purpose;
    if (to->family == AF_INET) {
        address = copytaster_from_v4(&((const struct sockaddr_in *)(const void *)&to->addr)->sin_addr);
    } else if (to->family == AF_INET6) {
        memcpy(address.bytes, &((const struct sockaddr_in6 *)(const void *)&to->addr)->sin6_addr, 16);
    } else {
        transfer->blocked = true;
        return CURL_SOCKET_BAD;
    }
    if (!copytaster_may_connect(transfer, &address)) return CURL_SOCKET_BAD;
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/// The second check: no socket is opened for a connection that is used again.
static inline int copytaster_on_request(void *context, char *remote, char *local, int remote_port, int local_port) {
    copytaster_transfer *transfer = (copytaster_transfer *)context;
    copytaster_address address;
    (void)local, (void)remote_port, (void)local_port;
    if (remote && copytaster_parse_address(remote, &address) && copytaster_may_connect(transfer, &address))
        return CURL_PREREQFUNC_OK;
    transfer->blocked = true;
    return CURL_PREREQFUNC_ABORT;
}

/// Connects a transfer with an easy handle: every callback, and what never differs between requests.
static inline CURLcode copytaster_easy_prepare(CURL *easy, copytaster_transfer *transfer) {
    CURLcode result = CURLE_OK;
#define COPYTASTER_SET(option, value) \
    if (result == CURLE_OK) result = (curl_easy_setopt)(easy, option, value)
    COPYTASTER_SET(CURLOPT_PRIVATE, (void *)transfer);
    COPYTASTER_SET(CURLOPT_ERRORBUFFER, transfer->error);
    COPYTASTER_SET(CURLOPT_WRITEFUNCTION, copytaster_on_body);
    COPYTASTER_SET(CURLOPT_WRITEDATA, (void *)transfer);
    COPYTASTER_SET(CURLOPT_HEADERFUNCTION, copytaster_on_header);
    COPYTASTER_SET(CURLOPT_HEADERDATA, (void *)transfer);
    COPYTASTER_SET(CURLOPT_OPENSOCKETFUNCTION, copytaster_on_open_socket);
    COPYTASTER_SET(CURLOPT_OPENSOCKETDATA, (void *)transfer);
    COPYTASTER_SET(CURLOPT_PREREQFUNCTION, copytaster_on_request);
    COPYTASTER_SET(CURLOPT_PREREQDATA, (void *)transfer);
    COPYTASTER_SET(CURLOPT_NOSIGNAL, 1L);
    COPYTASTER_SET(CURLOPT_FOLLOWLOCATION, 0L);
    COPYTASTER_SET(CURLOPT_PROTOCOLS_STR, "http,https");
    COPYTASTER_SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    COPYTASTER_SET(CURLOPT_ACCEPT_ENCODING, "");
    COPYTASTER_SET(CURLOPT_BUFFERSIZE, 65536L);
    COPYTASTER_SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    // No CURLOPT_PIPEWAIT: it makes requests wait for the first answer of a connection that may never answer.
    COPYTASTER_SET(CURLOPT_SSL_VERIFYPEER, 1L);
    COPYTASTER_SET(CURLOPT_SSL_VERIFYHOST, 2L);
    COPYTASTER_SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    // A slow name server must not hold up the thread when its request is given up.
    COPYTASTER_SET(CURLOPT_QUICK_EXIT, 1L);
#undef COPYTASTER_SET
    return result;
}

/// The transfer that an easy handle was prepared with.
static inline copytaster_transfer *copytaster_easy_transfer(CURL *easy) {
    char *value = NULL;
    (curl_easy_getinfo)(easy, CURLINFO_PRIVATE, &value);
    return (copytaster_transfer *)(void *)value;
}
#endif
