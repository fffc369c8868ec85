// The word lists of Config/lexicon/ inside the program: #embed is found relative to this file and tracked by the build.
// To add a list: a file there, an array and a LIST line here, a case in Lexicon/WordList.swift.
#include "CLexicon.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

#define LIST(symbol) {#symbol, symbol, sizeof symbol}

static const unsigned char abbreviations[] = {
#embed "../../Config/lexicon/abbreviations.tsv"
};
static const unsigned char common[] = {
#embed "../../Config/lexicon/common.tsv"
};
static const unsigned char titles[] = {
#embed "../../Config/lexicon/titles.tsv"
};
static const unsigned char roles[] = {
#embed "../../Config/lexicon/roles.tsv"
};
static const unsigned char organisation_heads[] = {
#embed "../../Config/lexicon/organisation-heads.tsv"
};
static const unsigned char organisations[] = {
#embed "../../Config/lexicon/organisations.tsv"
};
static const unsigned char collectives[] = {
#embed "../../Config/lexicon/collectives.tsv"
};
static const unsigned char demonyms[] = {
#embed "../../Config/lexicon/demonyms.tsv"
};
static const unsigned char given_names[] = {
#embed "../../Config/lexicon/given-names.tsv"
};
static const unsigned char place_kinds[] = {
#embed "../../Config/lexicon/place-kinds.tsv"
};
static const unsigned char speech_verbs[] = {
#embed "../../Config/lexicon/speech-verbs.tsv"
};
static const unsigned char calendar[] = {
#embed "../../Config/lexicon/calendar.tsv"
};
static const unsigned char everyday[] = {
#embed "../../Config/lexicon/everyday.tsv"
};
static const unsigned char modifiers[] = {
#embed "../../Config/lexicon/modifiers.tsv"
};
static const unsigned char gazetteer[] = {
#embed "../../Config/lexicon/gazetteer.bin"
};
static const unsigned char times_words[] = {
#embed "../../Config/lexicon/times-words.tsv"
};
static const unsigned char facts_words[] = {
#embed "../../Config/lexicon/facts-words.tsv"
};
static const unsigned char facts_events[] = {
#embed "../../Config/lexicon/facts-events.tsv"
};
static const unsigned char main_text[] = {
#embed "../../Config/lexicon/main-text.tsv"
};
static const unsigned char page_leads[] = {
#embed "../../Config/lexicon/page-leads.tsv"
};
static const unsigned char page_labels[] = {
#embed "../../Config/lexicon/page-labels.tsv"
};
static const unsigned char languages[] = {
#embed "../../Config/lexicon/languages.tsv"
};

static const unsigned char name_words[] = {
#embed "../../Config/lexicon/name-words.bin"
};
static const unsigned char name_model[] = {
#embed "../../Config/lexicon/name-model.bin"
};

static const copytaster_word_list lists[] = {
    LIST(abbreviations),
    LIST(common),
    LIST(titles),
    LIST(roles),
    LIST(organisation_heads),
    LIST(organisations),
    LIST(collectives),
    LIST(demonyms),
    LIST(given_names),
    LIST(place_kinds),
    LIST(speech_verbs),
    LIST(calendar),
    LIST(everyday),
    LIST(modifiers),
    LIST(times_words),
    LIST(facts_words),
    LIST(facts_events),
    LIST(gazetteer),
    LIST(main_text),
    LIST(page_labels),
    LIST(page_leads),
    LIST(name_words),
    LIST(name_model),
    LIST(languages),
};

size_t copytaster_word_list_count(void) { return sizeof lists / sizeof lists[0]; }

copytaster_word_list copytaster_word_list_at(size_t index) {
    copytaster_word_list none = {"", 0, 0};
    return index < copytaster_word_list_count() ? lists[index] : none;
}
