/**
 * Version of everything that is written down: commands, their bytes, snapshots, and the contracts that a sandbox's own
 * chain holds: an older vault may lack what is asked of it. A folder of another version is not replayed by this code; it
 * is set aside, its chain with it, or refused.
 */
export const SCHEMA_VERSION = 13;
