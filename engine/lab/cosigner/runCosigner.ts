import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock } from '../../journal/lock.ts';
import { Cosigner, type CosignerStep } from './cosigner.ts';
import { DeskLine, DeskLineError } from './deskLine.ts';
import { CosignerRecord } from './record.ts';
import { readSettings } from './settings.ts';

const AGAIN_MS_MIN = 250;
const AGAIN_MS_MAX = 10_000;

/** Runs a co-signer until the process is ended, however. @param file its settings */
export async function runCosigner(
  file: string,
  reach: (step: CosignerStep) => Promise<void> = async () => undefined,
): Promise<never> {
  const settings = readSettings(file);
  const record = new CosignerRecord(settings.recordDir);
  // Two on one record would each decide what the other does not know of.
  await acquireLock(settings.recordDir);
  const line = new DeskLine(settings.desk, settings.wallet);
  const say = (sentence: string) => console.log(`${new Date().toISOString()} ${sentence}`);
  const cosigner = new Cosigner({ settings, line, record, nowMs: Date.now, say, reach });
  say(`co-signs with ${settings.wallet.address.toLowerCase()} at ${settings.desk}`);
  for (let againMs = AGAIN_MS_MIN; ; ) {
    try {
      await cosigner.round();
      againMs = AGAIN_MS_MIN;
      // What was begun and could not be finished is not asked about without end.
      if (record.open.length > 0) await delay(AGAIN_MS_MIN);
    } catch (error) {
      if (!(error instanceof DeskLineError)) throw error;
      say(error.message);
      await delay(againMs);
      againMs = Math.min(2 * againMs, AGAIN_MS_MAX);
    }
  }
}
