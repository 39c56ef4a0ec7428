import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AuditCheckpoint } from '../protocol/views/audit.ts';
import { canonicalJson } from '../units/canonicalJson.ts';
import { FILE_MODE, writeDurably } from './durably.ts';

const NAME = 'engine-key.pem';
/** Signed along, so that what this key signs for one purpose is worth nothing for another. */
const DOMAIN = 'ballast-audit-1';

/** The engine's own Ed25519 key: it says how long the log was, and what was in it. */
export class EngineKey {
  readonly #key: KeyObject;
  readonly #secret: Buffer;
  /** 32 bytes as hex. */
  readonly publicKey: string;

  private constructor(key: KeyObject) {
    this.#key = key;
    this.#secret = key.export({ type: 'pkcs8', format: 'der' });
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    // The last 32 bytes of that structure are the key.
    this.publicKey = spki.subarray(-32).toString('hex');
  }

  /** Reads the folder's key, or makes one. A key that others could read is taken from them. */
  static async open(dir: string): Promise<EngineKey> {
    const file = path.join(dir, NAME);
    if (!existsSync(file)) await writeDurably(file, newKey());
    await chmod(file, FILE_MODE);
    return new EngineKey(createPrivateKey(await readFile(file)));
  }

  checkpoint(terms: Omit<AuditCheckpoint, 'signature'>): AuditCheckpoint {
    const text = canonicalJson({ ...terms, domain: DOMAIN });
    return { ...terms, signature: sign(null, Buffer.from(text), this.#key).toString('hex') };
  }

  /** Names an address without saying it: without the key nobody can try all there are. */
  blind(address: string): string {
    return createHmac('sha256', this.#secret).update(`address ${address}`).digest('hex').slice(0, 32);
  }
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}
