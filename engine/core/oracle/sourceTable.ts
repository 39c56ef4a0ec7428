/** Sources of one underlying at most. */
export const SOURCES_PER_UNDERLYING = 16;

/** What a source last reported. Row = block × SOURCES_PER_UNDERLYING + source; see `sourceBlock`. */
export const SOURCE_LAYOUT = { priceE8: 'f64', sourceTimeMs: 'f64', receivedMs: 'f64' } as const;
