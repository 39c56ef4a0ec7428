import { gte, lt, sql } from 'drizzle-orm';
import { DAY_MS } from '../units/time.ts';
import type { Database } from './database.ts';
import { marginWindows } from './schema.ts';
import type { MarginWindowRecord } from './views.ts';

/** Windows older than this are let go: a day is what is looked back at. */
const KEPT_MS = DAY_MS;
/** Rows of one statement: each has five parameters. */
const ROWS_AT_ONCE = 1_000;

/** Writes windows, each in place of what is known of it, and lets go of those a day before the newest. */
export async function writeMarginWindows(
  database: Database,
  windows: readonly MarginWindowRecord[],
): Promise<void> {
  if (windows.length === 0) return;
  const newestMs = windows.reduce((newest, { startMs }) => Math.max(newest, startMs), 0);
  await database.transaction(async (tx) => {
    for (let at = 0; at < windows.length; at += ROWS_AT_ONCE) {
      await tx
        .insert(marginWindows)
        .values(windows.slice(at, at + ROWS_AT_ONCE))
        .onConflictDoUpdate({
          target: [marginWindows.account, marginWindows.startMs],
          set: {
            sigmasE4: sql`excluded.sigmas_e4`,
            ratioPpm: sql`excluded.ratio_ppm`,
            seenMinutes: sql`excluded.seen_minutes`,
          },
        });
    }
    await tx.delete(marginWindows).where(lt(marginWindows.startMs, newestMs - KEPT_MS));
  });
}

/** Of all accounts, oldest first. */
export async function marginWindowsFrom(database: Database, fromMs: number): Promise<MarginWindowRecord[]> {
  return await database
    .select()
    .from(marginWindows)
    .where(gte(marginWindows.startMs, fromMs))
    .orderBy(marginWindows.startMs, marginWindows.account);
}
