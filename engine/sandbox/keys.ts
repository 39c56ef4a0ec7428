import { pbkdf2Sync } from 'node:crypto';
import { type HDAccount, HDKey, hdKeyToAccount } from 'viem/accounts';
import { type PersonRole, people } from './people.ts';

/** The mnemonic everybody knows; whose keys these are is `people.ts`. */
const MNEMONIC = 'test test test test test test test test test test test junk';

let root: HDKey | undefined;

/** The wallet of somebody of the sandbox, for what the desk signs in their name. */
export function walletOf(role: PersonRole): HDAccount {
  // BIP-39's way from words to a seed, by Node's own code: a millisecond instead of fifty.
  root ??= HDKey.fromMasterSeed(pbkdf2Sync(MNEMONIC, 'mnemonic', 2_048, 64, 'sha512'));
  return hdKeyToAccount(root, { addressIndex: people.findIndex((person) => person.role === role) });
}
