// Goal: whoever comes to a fresh desk can deposit before its first root is signed, which takes signers that replay. How: the
// desk's loop between a real core and a real chain, with nobody who cuts a root.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { highWater } from '../../core/memory/table.ts';
import { directoryOf } from '../../core/views/directory.ts';
import { SettlementRig } from '../../lab/chain/settlementRig.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { settlementViewOf } from './settlementView.ts';

let rig: SettlementRig;

beforeAll(async () => {
  rig = await SettlementRig.open();
  rig.mayCut = false;
});
afterAll(() => rig.close());

const view = () => {
  const directory = directoryOf(rig.firm.desk.engine);
  return settlementViewOf(rig.settlement, sandboxVault, directory, { each: [], guardian: null }, () => true);
};

test('a vault without a root takes deposits once it holds what was credited, and is open with the first root', async () => {
  await rig.start(0);
  expect(view()).toMatchObject({ status: 'opening', takesDeposits: false });
  await rig.until(() => view().takesDeposits, 'a vault that takes deposits');
  expect(view()).toMatchObject({ status: 'opening', roots: [] });
  const account = highWater(rig.firm.desk.engine.state.accounts) - 1;
  const owner = addressOf('counterparty trader');
  const { depositCursor } = rig.state();
  await rig.settlement.deposit({ owner, account, asset: 0, amount: 3_000_000 });
  expect(rig.state().depositCursor).toBe(depositCursor + 1);
  expect(view()).toMatchObject({ status: 'opening', takesDeposits: true, roots: [] });
  rig.mayCut = true;
  await rig.until(() => rig.settlement.status === 'open', 'the first root');
  expect(view().takesDeposits).toBe(true);
});
