import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config.ts';

/** @fails ConfigError when there can be no such folder */
export function makeFolder(dataDir: string): string {
  const dir = path.resolve(dataDir);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConfigError(`BALLAST_DATA=${dataDir} cannot be used: ${(error as Error).message}`);
  }
  return dir;
}
