import { expect, test } from 'vitest';
import type { ProofView } from '../../../../engine/protocol/views/settlement.ts';
import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';
import type { KitRehearsal, RehearsedProof } from '../../../../lib/settlement/rehearse.ts';
import { testSettlement } from '../../../../lib/testSettlement.ts';
import { rehearsedAccounts } from './Rehearsal.state.ts';

function tried(sub: string, epoch: number, received: bigint[], refusal = ''): RehearsedProof {
  const proof = { epoch, leaf: { sub, entitled: ['5000000', '7'] } } as unknown as ProofView;
  const kept: KeptProof = { proof, label: `Account ${sub}`, keptMs: 1, paid: ['1000000', '0'] };
  return { proof: kept, received, refusal };
}

function told(...proofs: RehearsedProof[]) {
  const rehearsal: KitRehearsal = {
    ...{ epoch: 6, block: 40, silenceSec: 601, freezeGas: 70_000, tookMs: 600, gas: 180_000 },
    proofs,
  };
  return rehearsedAccounts(rehearsal, testSettlement.assets);
}

test('what arrived stands beside what the kit says, less what was paid before', () => {
  const [account] = told(tried('0x1', 6, [4_000_000n, 7n]));
  expect(account).toMatchObject({ label: 'Account 0x1', epoch: 6, trouble: '' });
  expect(account!.amounts.map(({ asset, promised, received }) => [asset.name, promised, received])).toEqual([
    ['USDC', 4_000_000n, 4_000_000n],
    ['WETH', 7n, 7n],
  ]);
});

test('a token that keeps what it owes is trouble, though the vault refused nothing', () => {
  expect(told(tried('0x1', 6, [0n, 7n]))[0]!.trouble).toBe('less arrived than the kit says');
});

test('of two proofs of an account the one that fits counts, and neither fitting is told by its root', () => {
  const fits = told(tried('0x1', 7, [], 'BadProof'), tried('0x1', 6, [4_000_000n, 7n]));
  expect(fits.map(({ epoch, trouble }) => [epoch, trouble])).toEqual([[6, '']]);
  const old = told(tried('0x1', 5, [], 'BadProof'));
  expect(old[0]!.trouble).toBe('this proof is of root #5, the vault would freeze at #6');
  expect(told(tried('0x1', 6, [], 'BadProof'))[0]!.trouble).toBe('the vault refuses it: BadProof');
  expect(told(tried('0x1', 6, [], 'AlreadyEscaped'))[0]!.trouble).toBe('it has left the vault already');
});
