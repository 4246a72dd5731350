#pragma once
#include <stddef.h>

/// The Arabic sequence model, as `make model-entities` wrote it; pages of it are loaded when they are first read.
const unsigned char *etl_entity_model_arabic(size_t *count);

/// The model for English, and the shape of names in other Latin scripts.
const unsigned char *etl_entity_model_latin(size_t *count);
