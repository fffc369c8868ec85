#ifndef COPYTASTER_CLIBCRYPTO_SHIM_H
#define COPYTASTER_CLIBCRYPTO_SHIM_H
#include <openssl/evp.h>

/// Writes the 32 bytes of SHA-256 over `count` bytes to `digest`; 1 on success.
static inline int copytaster_sha256(const void *bytes, size_t count, unsigned char *digest) {
    unsigned int length = 32;
    return EVP_Digest(bytes, count, digest, &length, EVP_sha256(), NULL);
}
#endif
