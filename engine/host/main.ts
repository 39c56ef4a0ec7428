import { JournalError } from '../journal/journalError.ts';
import { boot, type RunningDesk } from './boot.ts';
import { ConfigError, readConfig } from './config.ts';
import { PortError } from './http/httpServer.ts';
import { limits } from './limits.ts';
import { log, logError } from './log.ts';
import { MarketError } from './threads/marketClient.ts';
import { CallError } from './threads/pendingCalls.ts';

/** The process: settings in, address out, signals and last words. */
let running: RunningDesk | undefined;
let isEnding = false;

/** Ends the process within its time, whatever hangs. */
async function end(exitCode: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  process.exitCode = exitCode;
  const timer = setTimeout(() => {
    logError(`The desk did not stop within ${limits.stopMs} ms and is ended.`);
    process.exit(exitCode);
  }, limits.stopMs);
  try {
    await running?.stop();
  } catch (error) {
    logError('Stopping failed.', error);
  }
  clearTimeout(timer);
  process.exit(exitCode);
}

/** The state may be wrong or not durable: say it and stop. A restart finds what was acknowledged. */
function fatal(sentence: string, cause?: unknown): void {
  logError(`The desk stops. ${sentence}`, cause);
  void end(1);
}

process.on('unhandledRejection', (reason) => fatal('A promise was rejected and nobody was there.', reason));
process.on('uncaughtException', (error) => fatal('An error was thrown and nobody was there.', error));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    log(`${signal}: the desk stops`);
    void end(0);
  });
}

/** What an operator can act on is a sentence; anything else is a bug and comes with its stack. */
function lastWords(error: unknown): string {
  const isForOperators =
    error instanceof ConfigError ||
    error instanceof PortError ||
    error instanceof JournalError ||
    error instanceof MarketError ||
    error instanceof CallError;
  if (isForOperators) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  const config = readConfig(process.argv.slice(2), process.env);
  running = await boot(config, fatal);
  process.stdout.write(`Ballast is open at ${running.address}\n`);
} catch (error) {
  process.stderr.write(`\n${lastWords(error)}\n\n`);
  process.exit(1);
}
