// The few calls of PCRE2 that Wardlight uses: compile once, match with every limit set, no JIT (it knows no depth limit).
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stddef.h>
#include <stdint.h>

// Lines end with LF only, as in Ruby. \C could split a character, so it is never allowed.
#define WARDLIGHT_MULTILINE (PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C)

enum { WARDLIGHT_CASELESS = 1, WARDLIGHT_DOTALL = 2, WARDLIGHT_TEXT = 4, WARDLIGHT_NAMED_ONLY = 8 };

/// NULL where the pattern cannot be compiled; `error` and `offset` then say why and where.
static inline pcre2_code *wardlight_compile(const uint8_t *pattern, size_t length, int flags, size_t longest,
                                            uint32_t nesting, int *error, size_t *offset) {
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        *error = PCRE2_ERROR_NOMEMORY;
        return NULL;
    }
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_max_pattern_length(context, longest);
    pcre2_set_parens_nest_limit(context, nesting);
    uint32_t options = WARDLIGHT_MULTILINE;
    if (flags & WARDLIGHT_CASELESS) options |= PCRE2_CASELESS;
    if (flags & WARDLIGHT_DOTALL) options |= PCRE2_DOTALL;
    if (flags & WARDLIGHT_NAMED_ONLY) options |= PCRE2_NO_AUTO_CAPTURE;
    options |= flags & WARDLIGHT_TEXT ? PCRE2_UTF : PCRE2_NEVER_UTF;
    pcre2_code *code = pcre2_compile(pattern, length, options, error, offset, context);
    pcre2_compile_context_free(context);
    return code;
}

static inline void wardlight_message(int error, uint8_t *text, size_t length) {
    pcre2_get_error_message(error, text, length);
}

static inline void wardlight_free(pcre2_code *code) { pcre2_code_free(code); }

/// How many groups it has, without group 0.
static inline uint32_t wardlight_groups(const pcre2_code *code) {
    uint32_t count = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

enum { WARDLIGHT_ANYWHERE = 0, WARDLIGHT_AT_LINES = 1, WARDLIGHT_AT_START = 2, WARDLIGHT_AT_OCTETS = 3 };

/// Where a match may begin; for WARDLIGHT_AT_OCTETS, `table` (32 octets) gets a bit for each octet it may begin with.
static inline int wardlight_beginnings(const pcre2_code *code, uint8_t *table) {
    uint32_t options = 0, kind = 0, unit = 0;
    const uint8_t *known = NULL;
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &kind);
    if (options & PCRE2_ANCHORED) return WARDLIGHT_AT_START;
    if (kind == 2) return WARDLIGHT_AT_LINES;
    if (kind == 1) {
        pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
        if (unit >= 0x80) return WARDLIGHT_ANYWHERE;
        uint32_t other = (unit | 0x20) >= 'a' && (unit | 0x20) <= 'z' ? unit ^ 0x20 : unit;
        table[unit / 8] |= 1u << (unit & 7);
        table[other / 8] |= 1u << (other & 7);
        return WARDLIGHT_AT_OCTETS;
    }
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &known);
    if (!known) return WARDLIGHT_ANYWHERE;
    for (int i = 0; i < 32; i++) table[i] = known[i];
    return WARDLIGHT_AT_OCTETS;
}

/// The number of pairs written to `places` (start and end; PCRE2_UNSET where a group took no part), or an error below 0.
static inline int wardlight_match(const pcre2_code *code, const uint8_t *subject, size_t length, uint32_t steps,
                                  uint32_t depth, uint32_t heap, size_t *places, uint32_t pairs) {
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_match_data *data = pcre2_match_data_create(pairs, NULL);
    int count = PCRE2_ERROR_NOMEMORY;
    if (context && data) {
        pcre2_set_match_limit(context, steps);
        pcre2_set_depth_limit(context, depth);
        pcre2_set_heap_limit(context, heap);
        count = pcre2_match(code, subject, length, 0, 0, data, context);
        if (count > 0) {
            size_t *found = pcre2_get_ovector_pointer(data);
            for (uint32_t i = 0; i < (uint32_t)count; i++) {
                places[2 * i] = found[2 * i];
                places[2 * i + 1] = found[2 * i + 1];
            }
        }
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    return count;
}

static inline int wardlight_no_match(void) { return PCRE2_ERROR_NOMATCH; }
static inline int wardlight_step_limit(void) { return PCRE2_ERROR_MATCHLIMIT; }
static inline int wardlight_depth_limit(void) { return PCRE2_ERROR_DEPTHLIMIT; }
static inline int wardlight_heap_limit(void) { return PCRE2_ERROR_HEAPLIMIT; }
