#ifndef COPYTASTER_CLEXICON_H
#define COPYTASTER_CLEXICON_H
#include <stddef.h>

/// One embedded word list: the bytes of a file in Config/lexicon/.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} copytaster_word_list;

/// How many lists are embedded.
size_t copytaster_word_list_count(void);
/// The list at an index below the count. (A function, because Swift imports no array of unknown size.)
copytaster_word_list copytaster_word_list_at(size_t index);
#endif
