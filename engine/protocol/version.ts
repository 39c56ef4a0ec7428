/**
 * Version of everything that is written down: commands, their bytes, snapshots. A journal of another
 * version is not replayed by this code; it is set aside or refused.
 */
export const SCHEMA_VERSION = 12;
