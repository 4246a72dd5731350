#include "CEntityModel.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// Inside the program, so that nothing has to be installed beside it and nothing is read at the start.
static const unsigned char arabic[] __attribute__((aligned(64))) = {
#embed "arabic.model"
};

const unsigned char *etl_entity_model_arabic(size_t *count) {
    *count = sizeof arabic;
    return arabic;
}

static const unsigned char latin[] __attribute__((aligned(64))) = {
#embed "latin.model"
};

const unsigned char *etl_entity_model_latin(size_t *count) {
    *count = sizeof latin;
    return latin;
}
