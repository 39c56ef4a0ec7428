import { expect, test } from 'vitest';
import { BASIS, openDesk } from '../lab/fixtures/desk.ts';
import { FirmDesk } from '../lab/fixtures/firmDesk.ts';
import { openVault } from '../lab/fixtures/vault.ts';
import { addressOf } from '../sandbox/people.ts';
import { DAY_MS } from '../units/time.ts';
import { tableUseOf } from './follower/tableUse.ts';
import { tableAlarms } from './tableAlarms.ts';

const useOf = ({ engine }: ReturnType<typeof openDesk>) =>
  new Map(tableUseOf(engine.state).map((each) => [each.name, each]));

test('a table is told from four fifths on, and no sooner', () => {
  const keys = { name: 'keys and wallets', limit: 10 };
  expect(tableAlarms([{ ...keys, used: 7 }])).toEqual([]);
  expect(tableAlarms([{ ...keys, used: 8 }])).toEqual([
    'Alarm: 8 of 10 keys and wallets are taken; when all are, the next is refused.',
  ]);
});

test('what is opened is counted where it is', () => {
  const desk = openDesk();
  const before = useOf(desk);
  desk.accept({ kind: 'OpenFirm', label: 'One more', owner: `0x${'ab'.repeat(20)}` });
  const firm = desk.engine.state.directory.firms.length - 1;
  desk.accept({ kind: 'OpenSubaccount', firm, label: 'Book' });
  desk.accept({
    ...{ kind: 'AddMember', firm, address: `0x${'cd'.repeat(20)}`, role: 1, label: 'Somebody', accounts: [] },
  });
  const after = useOf(desk);
  const grown = [...after].flatMap(([name, { used }]) => (used > before.get(name)!.used ? [name] : []));
  expect(grown.sort()).toEqual(['accounts', 'firms', 'keys and wallets', 'members']);
  expect(tableAlarms([...after.values()])).toEqual([]);
});

test('of open proposals the firm with most counts', () => {
  const firm = new FirmDesk();
  openVault(firm.desk);
  const terms = { account: BASIS, asset: 'USDC', amount: 1, to: addressOf('firm owner') };
  firm.open('ops-maker', { kind: 'Withdraw', ...terms, deadlineMs: firm.desk.timeMs + DAY_MS });
  expect(useOf(firm.desk).get('proposals of one firm')).toMatchObject({ used: 1, limit: 64 });
});
