// The word lists of Config/lexicon/ inside the program: #embed is found relative to this file and tracked by the build.
#include "CLexicon.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define LIST(symbol) {#symbol ".tsv", symbol, sizeof symbol}

static const unsigned char abbreviations[] = {
#embed "../../Config/lexicon/abbreviations.tsv"
};

const copytaster_word_list copytaster_word_lists[] = {
    LIST(abbreviations),
};
const size_t copytaster_word_list_count = sizeof copytaster_word_lists / sizeof copytaster_word_lists[0];
