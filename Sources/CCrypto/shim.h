// SHA256_Update and its like are deprecated in OpenSSL 3 for the EVP interface, whose look-ups cost a microsecond a
// call: more than hashing an article's line. Here they are called without the warning.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

static inline void etl_sha256_init(SHA256_CTX *context) { SHA256_Init(context); }
static inline void etl_sha256_update(SHA256_CTX *context, const void *bytes, size_t count) { SHA256_Update(context, bytes, count); }
static inline void etl_sha256_final(void *digest, SHA256_CTX *context) { SHA256_Final((unsigned char *)digest, context); }
