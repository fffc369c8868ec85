#ifndef COPYTASTER_CLEXICON_H
#define COPYTASTER_CLEXICON_H
#include <stddef.h>

/// One embedded word list: the bytes of a file in Config/lexicon/.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} copytaster_word_list;

/// The embedded lists, `copytaster_word_list_count` of them.
extern const copytaster_word_list copytaster_word_lists[];
extern const size_t copytaster_word_list_count;
#endif
