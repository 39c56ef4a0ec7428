// Goal: what the desk puts on a chain is what the sources say, and what the vault's own tests tested. How: a name of all
// that the code follows from is kept beside it; compiling anew takes ten seconds and is `npm run vaultCode`.
import { expect, test } from 'vitest';
import { vaultCodeInput } from '../../settlement/vault/vaultCode.ts';
import { read } from '../house/sources.ts';
import { vaultInputHash, vaultSettings } from './compileVault.ts';

test('the vault’s code was made from its sources as they stand; if not, run npm run vaultCode', () => {
  expect(vaultCodeInput).toBe(vaultInputHash());
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
