// Goal: what the desk puts on a chain is what the sources say, and what the vault's own tests tested. How: a name of all
// that the code follows from is kept beside it; compiling anew takes ten seconds and is `npm run vaultCode`.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { vaultCode, vaultCodeInput } from '../../settlement/vault/vaultCode.ts';
import { read } from '../house/sources.ts';
import { vaultInputHash, vaultSettings } from './compileVault.ts';

test('the vault’s code was made from its sources as they stand; if not, run npm run vaultCode', () => {
  expect(vaultCodeInput).toBe(vaultInputHash());
});

test('other contracts are another version: a sandbox’s folder keeps the vault it was made with', () => {
  const code = createHash('sha256').update(JSON.stringify(vaultCode)).digest('hex');
  // Where only the code differs, raise SCHEMA_VERSION: a desk would ask an older vault for what it does not have.
  expect({ code, version: SCHEMA_VERSION }).toEqual({ code: CODE, version: 13 });
});

test('it is compiled as forge compiles it for its tests', () => {
  const said = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(read(FOUNDRY))?.[1];
  expect(vaultSettings).toMatchObject({
    viaIR: said('via_ir') === 'true',
    optimizer: { enabled: said('optimizer') === 'true', runs: Number(said('optimizer_runs')) },
    evmVersion: said('evm_version')?.replaceAll("'", ''),
  });
});

const FOUNDRY = 'engine/settlement/contracts/foundry.toml';

/** Of the contracts that folders of this version hold. */
const CODE = '8abc5e44f6d5cce321d692595ee23754bc8d5a9f09e296773e00b87e1755d0d9';
