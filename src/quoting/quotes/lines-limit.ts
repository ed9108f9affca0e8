/** Room for a thousand lines of four thousand letters, most of which take one byte. */
export const LINES_LIMIT_BYTES = 8 * 1_024 * 1_024;
