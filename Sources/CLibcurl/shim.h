#ifndef COPYTASTER_CLIBCURL_SHIM_H
#define COPYTASTER_CLIBCURL_SHIM_H
#include <curl/curl.h>
#endif
