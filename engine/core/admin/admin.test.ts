import { expect, test } from 'vitest';
import { BASIS, Desk, openDesk, START_MS, thinCoin } from '../../lab/fixtures/desk.ts';
import type {
  ApproveAgent,
  Command,
  Genesis,
  Limits,
  ListAsset,
  ListInstrument,
} from '../../protocol/commands/types.ts';
import { AgentScheme, InstrumentKind, OptionType } from '../../protocol/enums.ts';
import { sandboxGenesis } from '../../sandbox/genesis.ts';
import { DAY_MS } from '../../units/time.ts';
import { checkInvariants } from '../invariants.ts';
import { createEngine } from '../openEngine.ts';
import { stateHash } from '../snapshot.ts';
import { directoryOf } from '../views/directory.ts';

/** Each refusal of the commands of the operator, alone; and that nothing but time and sequence moved. */

const genesis = sandboxGenesis()[0] as Genesis;
const ADDRESS = `0x${'ab'.repeat(20)}`;

const underlying = thinCoin('NEW');

const asset: ListAsset = {
  kind: 'ListAsset',
  name: 'NEW',
  decimals: 8,
  weightPpm: 1,
  underlying: 'BTC',
  sources: 0,
  poolCapUnits: 0,
  redemptionPpm: 0,
};

const instrument: ListInstrument = {
  kind: 'ListInstrument',
  name: 'NEW-PERP',
  instrumentKind: 0,
  underlying: 'BTC',
  expiryMs: 0,
  strikeE8: 0,
  optionType: 0,
  baseAsset: '',
  lotsPerUnit: 1_000,
  ticksPerUsd: 10,
  sizeLotsMax: 1_000_000,
  priceTicksMax: 10_000_000,
  notionalMinUsd: 10,
  bandPpm: 50_000,
  markBandPpm: 7_500,
};

/** The first Friday after the fixtures begin, 08:00 UTC. */
const EXPIRY_MS = Date.UTC(2026, 0, 9, 8);

const future: ListInstrument = {
  ...instrument,
  name: 'BTC-9JAN26',
  instrumentKind: InstrumentKind.future,
  expiryMs: EXPIRY_MS,
};

const agent: ApproveAgent = {
  kind: 'ApproveAgent',
  member: '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  scheme: AgentScheme.ed25519,
  publicKey: 'ab'.repeat(32),
  accounts: [BASIS],
  expiresAtMs: START_MS + DAY_MS,
  nonce: START_MS,
};

const square = (cell: (row: number, column: number) => number): number[] =>
  Array.from({ length: 144 }, (_, at) => cell(Math.floor(at / 12), at % 12));

const refused: [string, Command][] = [
  ['genesis.repeated', genesis],
  ['label.invalid', { ...asset, name: 'bad name', decimals: 6, weightPpm: 1, underlying: 'BTC' }],
  ['asset.exists', { ...asset, name: 'BTC', decimals: 8, weightPpm: 1, underlying: 'BTC' }],
  ['parameters.invalid', { ...asset, name: 'SOL', decimals: 9, weightPpm: 1, underlying: 'SOL' }],
  ['parameters.invalid', { ...asset, name: 'USDT', decimals: 6, weightPpm: 1, underlying: '' }],
  ['parameters.invalid', { ...asset, sources: 5 }],
  ['parameters.invalid', { ...asset, poolCapUnits: -1 }],
  ['parameters.invalid', { ...asset, redemptionPpm: 100_000_001 }],
  ['asset.unknown', { kind: 'SetRedemptionRatio', asset: 'XAU', redemptionPpm: 1_000_000 }],
  ['parameters.invalid', { kind: 'SetRedemptionRatio', asset: 'BTC', redemptionPpm: 1_000_000 }],
  ['parameters.invalid', { kind: 'SetRedemptionRatio', asset: 'WBTC', redemptionPpm: 0 }],
  ['redemption.stepTooLarge', { kind: 'SetRedemptionRatio', asset: 'WBTC', redemptionPpm: 1_010_001 }],
  ['redemption.stepTooLarge', { kind: 'SetRedemptionRatio', asset: 'WBTC', redemptionPpm: 120_000 }],
  ['underlying.unknown', { ...asset, name: 'PAXG', decimals: 8, weightPpm: 1, underlying: 'PAXG' }],
  ['label.invalid', { ...underlying, name: '' }],
  ['underlying.exists', { ...underlying, name: 'BTC' }],
  ['parameters.invalid', { ...underlying, sigmaPpm: 0 }],
  ['label.invalid', { ...instrument, name: 'lower' }],
  ['instrument.exists', { ...instrument, name: 'BTC-PERP' }],
  ['underlying.unknown', { ...instrument, underlying: 'NONE' }],
  // Money per tick and lot would not be a whole micro-USD.
  ['parameters.invalid', { ...instrument, lotsPerUnit: 3 }],
  ['parameters.invalid', { ...instrument, sizeLotsMax: 2_147_483_647, priceTicksMax: 33_554_431 }],
  ['parameters.invalid', { ...instrument, instrumentKind: 4 as never }],
  ['asset.unknown', { ...instrument, baseAsset: 'BTC' }],
  ['asset.unknown', { ...instrument, instrumentKind: InstrumentKind.spot, baseAsset: 'USDC' }],
  ['asset.unknown', { ...instrument, instrumentKind: InstrumentKind.spot, baseAsset: 'ETH' }],
  ['instrument.expiryInvalid', { ...instrument, expiryMs: EXPIRY_MS }],
  ['instrument.expiryInvalid', { ...future, expiryMs: 0 }],
  ['instrument.expiryInvalid', { ...future, expiryMs: EXPIRY_MS - 7 * DAY_MS }],
  ['instrument.expiryInvalid', { ...future, expiryMs: EXPIRY_MS + 3_600_000 }],
  ['instrument.strikeInvalid', { ...future, strikeE8: 1 }],
  ['instrument.strikeInvalid', { ...future, instrumentKind: InstrumentKind.option }],
  ['parameters.invalid', { ...future, optionType: OptionType.put }],
  // Five strikes of the largest order would pass what sums hold exactly.
  [
    'parameters.invalid',
    { ...future, instrumentKind: InstrumentKind.option, strikeE8: 1e15, priceTicksMax: 1_000 },
  ],
  ['parameters.invalid', { kind: 'SetFeeTiers', tiers: [{ volumeUsd: 5, makerPpm: 0, takerPpm: 1 }] }],
  ['parameters.invalid', { kind: 'SetFeeTiers', tiers: [{ volumeUsd: 0, makerPpm: -400, takerPpm: 300 }] }],
  ['parameters.invalid', { kind: 'SetCorrelations', calmPpm: [1], stressPpm: [1] }],
  [
    'parameters.invalid',
    {
      kind: 'SetCorrelations',
      calmPpm: square((r, c) => (r === c ? 1_000_000 : r)),
      stressPpm: square(() => 0),
    },
  ],
  ['label.invalid', { kind: 'OpenFirm', label: 'tab\tin it', owner: ADDRESS }],
  ['parameters.invalid', { kind: 'OpenFirm', label: 'Firm', owner: 'nobody' }],
  ['firm.unknown', { kind: 'OpenSubaccount', firm: 0, label: 'House is not a firm' }],
  ['firm.unknown', { kind: 'OpenSubaccount', firm: 4_000, label: 'Book' }],
  ['label.invalid', { kind: 'OpenSubaccount', firm: 1, label: '\u202eflipped' }],
  ['firm.unknown', { kind: 'AddMember', firm: 4_000, address: ADDRESS, role: 1, label: 'M', accounts: [] }],
  ['label.invalid', { kind: 'AddMember', firm: 1, address: ADDRESS, role: 1, label: '', accounts: [] }],
  [
    'parameters.invalid',
    { kind: 'AddMember', firm: 1, address: ADDRESS, role: 10, label: 'M', accounts: [] },
  ],
  ['account.unknown', { kind: 'AddMember', firm: 1, address: ADDRESS, role: 1, label: 'M', accounts: [0] }],
  ['member.exists', { kind: 'AddMember', firm: 1, address: agent.member, role: 1, label: 'M', accounts: [] }],
  ['member.unknown', { ...agent, member: ADDRESS, accounts: [] }],
  ['parameters.invalid', { ...agent, publicKey: 'zz', accounts: [] }],
  ['actor.expired', { ...agent, accounts: [], expiresAtMs: START_MS }],
  ['actor.expired', { ...agent, accounts: [], expiresAtMs: START_MS + 181 * DAY_MS }],
  ['account.unknown', { ...agent, accounts: [11] }],
  ['actor.unknown', { kind: 'RevokeAgent', publicKey: 'cd'.repeat(32) }],
  ['account.unknown', { kind: 'CreditDeposit', account: 0, asset: 'USDC', amount: 1, reference: 'r' }],
  ['asset.unknown', { kind: 'CreditDeposit', account: BASIS, asset: 'XAU', amount: 1, reference: 'r' }],
  ['amount.invalid', { kind: 'CreditDeposit', account: BASIS, asset: 'USDC', amount: 0.5, reference: 'r' }],
  // More than all of an asset that the ledger can hold exactly.
  ['amount.invalid', { kind: 'CreditDeposit', account: BASIS, asset: 'USDC', amount: 7e15, reference: 'r' }],
  ['label.invalid', { kind: 'CreditDeposit', account: BASIS, asset: 'USDC', amount: 1, reference: '' }],
  ['batch.empty', { kind: 'Batch', operations: [] }],
  [
    'batch.tooLarge',
    {
      kind: 'Batch',
      operations: Array.from({ length: 101 }, () => ({ kind: 'CancelOrder', account: BASIS, orderId: 1 })),
    },
  ],
];

test.each(refused)('%s: refused, and the state is as it was', (code, command) => {
  const desk = openDesk();
  desk.run(command);
  expect(desk.code).toBe(code);
  const other = openDesk();
  other.run({ kind: 'Batch', operations: [] });
  // The running hash saw another event and the rest is equal.
  for (const state of [desk.engine.state, other.engine.state]) state.globals.columns.eventHash[0] = 0;
  expect(stateHash(desk.engine.state)).toBe(stateHash(other.engine.state));
  checkInvariants(desk.engine.state);
});

test('genesis.missing: nothing comes before the genesis', () => {
  const desk = new Desk(createEngine(genesis.limits), []);
  desk.run({ kind: 'Tick' });
  expect(desk.code).toBe('genesis.missing');
});

test('a deposit is credited once for its reference', () => {
  const desk = openDesk();
  const deposit = {
    kind: 'CreditDeposit',
    account: BASIS,
    asset: 'USDC',
    amount: 5,
    reference: '0xfeed',
  } as const;
  desk.accept(deposit);
  desk.run(deposit);
  expect(desk.code).toBe('deposit.repeated');
  checkInvariants(desk.engine.state);
});

test('an agent key is approved once, and revoked for good', () => {
  const desk = openDesk();
  desk.accept(agent);
  desk.run(agent);
  expect(desk.code).toBe('agent.exists');
  desk.accept({ kind: 'RevokeAgent', publicKey: agent.publicKey });
  desk.accept({ kind: 'RevokeAgent', publicKey: agent.publicKey });
});

test('P9: engine.full: every table has its limit, and passing it is a refusal', () => {
  const limits: Limits = {
    ...genesis.limits,
    firms: 2,
    accounts: 9,
    members: 1,
    assets: 1,
    underlyings: 1,
    instruments: 1,
  };
  const desk = new Desk(createEngine(limits), [{ ...genesis, limits }]);
  const fills: Command[] = [
    { kind: 'OpenFirm', label: 'One', owner: ADDRESS },
    { kind: 'OpenSubaccount', firm: 1, label: 'One' },
    { kind: 'AddMember', firm: 1, address: ADDRESS, role: 1, label: 'One', accounts: [] },
    underlying,
    { ...asset, name: 'USDC', decimals: 6, weightPpm: 1_000_000, underlying: '' },
    { ...instrument, underlying: 'NEW' },
  ];
  for (const command of fills) desk.accept(command);
  const overflows: Command[] = [
    { kind: 'OpenFirm', label: 'Two', owner: ADDRESS },
    { kind: 'OpenSubaccount', firm: 1, label: 'Two' },
    { kind: 'AddMember', firm: 1, address: `0x${'cd'.repeat(20)}`, role: 1, label: 'Two', accounts: [] },
    { ...underlying, name: 'TWO' },
    { ...asset, name: 'TWO', decimals: 6, weightPpm: 1, underlying: 'NEW' },
    { ...instrument, name: 'TWO-PERP', underlying: 'NEW' },
  ];
  for (const command of overflows) {
    desk.run(command);
    expect([command.kind, desk.code]).toEqual([command.kind, 'engine.full']);
  }
  checkInvariants(desk.engine.state);
});

test('a new underlying, instrument and member are listed', () => {
  const desk = openDesk();
  desk.accept({ ...underlying });
  desk.accept({ ...instrument, underlying: 'NEW' });
  desk.accept({ kind: 'SetCorrelations', calmPpm: identity(13), stressPpm: identity(13) });
  desk.accept({
    kind: 'AddMember',
    firm: 1,
    address: ADDRESS,
    role: 1,
    label: 'Trader 2',
    accounts: [BASIS],
  });
  desk.accept({ kind: 'OpenSubaccount', firm: 1, label: 'Fresh' });
  checkInvariants(desk.engine.state);
});

function identity(count: number): number[] {
  return Array.from({ length: count * count }, (_, at) =>
    Math.floor(at / count) === at % count ? 1_000_000 : 0,
  );
}

test('the same contract is not listed twice, whatever it is called', () => {
  const desk = openDesk();
  desk.accept(future);
  desk.run({ ...future, name: 'BTC-FRIDAY' });
  expect(desk.code).toBe('instrument.exists');
  const call: ListInstrument = {
    ...future,
    name: 'BTC-9JAN26-60000-C',
    instrumentKind: InstrumentKind.option,
    strikeE8: 60_000e8,
  };
  desk.accept(call);
  desk.accept({ ...call, name: 'BTC-9JAN26-60000-P', optionType: OptionType.put });
  desk.accept({ ...instrument, name: 'BTC/USDC', instrumentKind: InstrumentKind.spot, baseAsset: 'BTC' });
  const [, , spot] = directoryOf(desk.engine).markets.slice(-3);
  expect(spot).toMatchObject({ name: 'BTC/USDC', kind: 'spot', baseAsset: 1, expiryMs: 0, optionType: null });
  expect(directoryOf(desk.engine).markets.at(-2)).toMatchObject({
    kind: 'option',
    expiryMs: EXPIRY_MS,
    strikeE8: 60_000e8,
    optionType: 'put',
    stage: 'trading',
  });
  checkInvariants(desk.engine.state);
});
