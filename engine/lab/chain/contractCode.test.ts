// Goal: the code that is kept is what its source says. How: the pinned compiler makes it again.
import { expect, test } from 'vitest';
import { PROBE } from '../../../public/verify.mjs';
import { contractCode as kept } from '../../settlement/wallets/contractCode.ts';
import { read } from '../house/sources.ts';
import { CONTRACT_FOLDERS, compiledContracts, KEPT } from './compileContracts.ts';

test.each(CONTRACT_FOLDERS)('%s is compiled as it stands', (folder) => {
  expect(read(`${folder}/${KEPT}`)).toBe(compiledContracts(folder));
});

test('who checks an export asks a contract what the desk asked it', () => {
  expect(PROBE).toBe(kept.SignatureProbe);
});
