import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { type CustodyWallet, custodyWallet } from './custodyWallet.ts';
import { type CustodyRules, rulesWire } from './rules.ts';

const address = z.string().check(z.regex(/^0x[0-9a-f]{40}$/));

/** A settings file. Its paths are relative to where it lies. */
const settingsWire = z.strictObject({
  desk: z.string().check(z.regex(/^https?:\/\/[^/]+$/)),
  /** The desk that is signed for: what another one asks is refused, whatever it says of itself. */
  chainId: z.int().check(z.positive()),
  vault: address,
  /** A key, or a Safe with keys of as many of its owners as it needs. */
  wallet: z.union([
    z.strictObject({ keyFile: z.string() }),
    z.strictObject({ safe: address, keyFiles: z.array(z.string()).check(z.minLength(1), z.maxLength(32)) }),
  ]),
  /** A folder of its own. */
  record: z.string(),
  rules: rulesWire,
});

export interface CosignerSettings {
  readonly desk: string;
  readonly chainId: number;
  readonly vault: string;
  readonly wallet: CustodyWallet;
  readonly recordDir: string;
  readonly rules: CustodyRules;
}

/** @fails Error with a sentence that names what is wrong in the file */
export function readSettings(file: string): CosignerSettings {
  const reading = settingsWire.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!reading.success)
    throw new Error(`${file} is not settings of a co-signer: ${z.prettifyError(reading.error)}`);
  const { desk, chainId, vault, wallet, record, rules } = reading.data;
  const at = (name: string) => path.resolve(path.dirname(file), name);
  const keyFiles = 'safe' in wallet ? wallet.keyFiles : [wallet.keyFile];
  const safe = 'safe' in wallet ? { chainId, address: wallet.safe as `0x${string}` } : undefined;
  return {
    ...{ desk, chainId, vault, rules },
    wallet: custodyWallet(
      keyFiles.map((name) => readKey(at(name))),
      safe,
    ),
    recordDir: at(record),
  };
}

/** A file of its own with 32 bytes in hex, for nobody else to read. */
function readKey(file: string): `0x${string}` {
  const key = readFileSync(file, 'utf8').trim();
  if (!/^0x[0-9a-f]{64}$/.test(key)) throw new Error(`${file} holds no key: 0x and 64 hex digits.`);
  return key as `0x${string}`;
}
