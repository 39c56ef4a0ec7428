import { participants } from '../market/participants.ts';
import type { MarginCallLevel } from '../protocol/commands/actions.ts';
import type { CreditDeposit } from '../protocol/commands/settlement.ts';
import type { Command, Genesis, SetFeeTiers } from '../protocol/commands/types.ts';
import { AgentScheme, Role } from '../protocol/enums.ts';
import { listAssets } from './assets.ts';
import { calmPpm, stressPpm } from './correlations.ts';
import { listInstruments, listUnderlyings } from './listings.ts';
import { addressOf } from './people.ts';

/** Anvil's chain, which is also the only one role wallets work on. */
export const SANDBOX_CHAIN_ID = 31_337;

/** Where the deployer's first transaction (nonce 0) puts the vault: signatures keep their domain before it is there. */
export const SANDBOX_VAULT = '0x5fbdb2315678afecb367f032d93f642f64180aa3';

/** The firm of the sandbox's people. 0 is the house. */
export const SANDBOX_FIRM = 1;

/** The first account that is not one of the ledger's own. */
export const FIRST_SUBACCOUNT = 8;

const genesis: Genesis = {
  kind: 'Genesis',
  isSandbox: true,
  chainId: SANDBOX_CHAIN_ID,
  vault: SANDBOX_VAULT,
  house: addressOf('deployer'),
  limits: {
    firms: 256,
    accounts: 1_024,
    members: 256,
    agents: 8_192,
    assets: 8,
    underlyings: 32,
    // A contract keeps its number for good: 67 a week, two years; see decision 034.
    instruments: 8_192,
    positions: 8_192,
    orders: 65_536,
    levels: 32_768,
    ordersPerAccount: 1_000,
  },
};

/** Entry fees like the field's; the highest tiers are paid to make. Each rebate stays under the fee that funds it. */
const feeTiers: SetFeeTiers = {
  kind: 'SetFeeTiers',
  tiers: [
    { volumeUsd: 0, makerPpm: 150, takerPpm: 450 },
    { volumeUsd: 5_000_000, makerPpm: 120, takerPpm: 400 },
    { volumeUsd: 25_000_000, makerPpm: 80, takerPpm: 350 },
    { volumeUsd: 100_000_000, makerPpm: 40, takerPpm: 300 },
    { volumeUsd: 250_000_000, makerPpm: 0, takerPpm: 280 },
    { volumeUsd: 500_000_000, makerPpm: -20, takerPpm: 260 },
    { volumeUsd: 1_000_000_000, makerPpm: -50, takerPpm: 240 },
  ],
};

/** Groups of the sandbox's own firm, right below its root, which is the first node there is. */
const ROOT = 0;
const groups = ['Macro', 'Vol'];
const [MACRO, VOL] = [1, 2];

/** Subaccounts of the sandbox's people, with what they start with in whole USDC, BTC and ETH. */
const subaccounts = [
  { parent: MACRO, label: 'Macro / BTC-basis', usdc: 5_000_000, btc: 25, eth: 0 },
  { parent: MACRO, label: 'Macro / Alts', usdc: 5_000_000, btc: 0, eth: 300 },
  { parent: VOL, label: 'Vol', usdc: 5_000_000, btc: 10, eth: 150 },
];

/** Another firm's: who wants to meet a person's order needs an owner of their own, because a firm never trades with itself. */
const counterparty = { label: 'Counterparty', usdc: 5_000_000, btc: 10, eth: 150 };

/** Deep enough that weeks of fees and of bad luck do not drain a participant. */
const PARTICIPANT_USDC = 500_000_000;

/** Those who trade spot need coins to sell, and less money: all of it together must fit a ledger. */
const COIN_PARTICIPANTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'maker-4': { USDC: 200_000_000 },
  'maker-5': { USDC: 200_000_000, BTC: 500, ETH: 10_000, WBTC: 200, WSTETH: 4_000 },
  'taker-3': { USDC: 50_000_000, BTC: 50, ETH: 1_000, WBTC: 20, WSTETH: 400 },
};

/**
 * Makers quote several times the depth that one owner may hold of a young market, and the two sides of a recording
 * stand for everybody who traded there: neither is an owner like others (decision 026). Takers are.
 */
function capMultipleOf(agent: string): number {
  if (agent.startsWith('replay-')) return 1_000;
  return agent.startsWith('maker-') ? 5 : 1;
}

/** Nobody holds the keys of these owners: their agents live inside the process. */
function participantAddress(place: number): string {
  return `0xba11a570${String(place + 1).padStart(32, '0')}`;
}

/** 31 December 9999: an agent inside the process ends with it. */
const NEVER_MS = 253_402_214_400_000;

/**
 * The commands that make a fresh sandbox: what is listed, who is there and what they own.
 * All are given by the system; every balance enters as a credited deposit.
 */
export function sandboxGenesis(): Command[] {
  return [
    genesis,
    ...listUnderlyings(),
    ...listAssets(),
    ...listInstruments(),
    feeTiers,
    { kind: 'SetCorrelations', calmPpm: [...calmPpm], stressPpm: [...stressPpm] },
    ...openPeople(),
    ...participants.flatMap((participant, place) => openParticipant(participant, place)),
    ...openCounterparty(),
  ];
}

const CALLED = [Role.trader, Role.portfolioManager];

/** Earlier than liquidation by enough to do something about it. */
const callLevels: MarginCallLevel[] = [
  { ratioPpm: 700_000, roles: CALLED, prepare: 'nothing' },
  { ratioPpm: 850_000, roles: [...CALLED, Role.risk], prepare: 'transfer' },
  { ratioPpm: 950_000, roles: [...CALLED, Role.risk], prepare: 'unwind' },
];

function openPeople(): Command[] {
  const firm = SANDBOX_FIRM;
  const [basis, alts] = [FIRST_SUBACCOUNT, FIRST_SUBACCOUNT + 1];
  const member = (
    person: Parameters<typeof addressOf>[0],
    role: Role,
    label: string,
    accounts: number[] = [],
  ) => ({ kind: 'AddMember', firm, address: addressOf(person), role, label, accounts }) as const;
  return [
    { kind: 'OpenFirm', label: 'Ballast Sandbox', owner: addressOf('firm owner') },
    ...groups.map((label) => openNode(ROOT, label, false)),
    ...subaccounts.map(({ parent, label }) => openNode(parent, label, true)),
    // A trader sees two of the three subaccounts; the others see all of their firm.
    member('trader', Role.trader, 'Trader 1', [basis, alts]),
    member('portfolio manager', Role.portfolioManager, 'Portfolio manager 1'),
    member('firm owner', Role.firmOwner, 'Firm owner'),
    member('auditor', Role.auditor, 'Auditor'),
    member('risk', Role.risk, 'Risk 1'),
    member('ops-maker', Role.opsMaker, 'Ops maker'),
    member('ops-approver', Role.opsApprover, 'Ops approver 1'),
    member('treasury signer', Role.treasurySigner, 'Treasury signer 1'),
    member('admin', Role.admin, 'Admin 1'),
    member('second portfolio manager', Role.portfolioManager, 'Portfolio manager 2'),
    member('second risk', Role.risk, 'Risk 2'),
    member('second ops-approver', Role.opsApprover, 'Ops approver 2'),
    member('second treasury signer', Role.treasurySigner, 'Treasury signer 2'),
    member('second admin', Role.admin, 'Admin 2'),
    member('third admin', Role.admin, 'Admin 3'),
    ...subaccounts.flatMap((owns, place) => fund(FIRST_SUBACCOUNT + place, owns)),
    { kind: 'Propose', firm, action: { kind: 'SetMarginCalls', node: ROOT, levels: callLevels } },
  ];
}

function openNode(parent: number, label: string, isAccount: boolean): Command {
  return {
    kind: 'Propose',
    firm: SANDBOX_FIRM,
    action: { kind: 'OpenNode', parent, label, isAccount },
  };
}

/** After everybody else, so that no account and no firm changes its number. */
function openCounterparty(): Command[] {
  const { label } = counterparty;
  const firm = SANDBOX_FIRM + 1 + participants.length;
  const account = FIRST_SUBACCOUNT + subaccounts.length + participants.length;
  const address = addressOf('counterparty trader');
  return [
    { kind: 'OpenFirm', label: 'Counterparty Sandbox', owner: address },
    { kind: 'OpenSubaccount', firm, label },
    {
      kind: 'AddMember',
      firm,
      address,
      role: Role.trader,
      label: 'Counterparty trader',
      accounts: [],
    },
    ...fund(account, counterparty),
  ];
}

function fund(account: number, { usdc, btc, eth }: typeof counterparty): CreditDeposit[] {
  return [
    ...credit(account, 'USDC', usdc * 1e6),
    ...credit(account, 'BTC', btc * 1e8),
    ...credit(account, 'ETH', eth * 1e8),
  ];
}

/** A firm of one: its account, its member and the agent that orders for it. */
function openParticipant(participant: (typeof participants)[number], place: number): Command[] {
  const firm = SANDBOX_FIRM + 1 + place;
  const account = FIRST_SUBACCOUNT + subaccounts.length + place;
  const address = participantAddress(place);
  const { label, agent } = participant;
  const owns = COIN_PARTICIPANTS[agent] ?? { USDC: PARTICIPANT_USDC };
  return [
    { kind: 'OpenFirm', label, owner: address },
    { kind: 'RegisterMarketMaker', firm, capMultiple: capMultipleOf(agent) },
    { kind: 'OpenSubaccount', firm, label },
    { kind: 'AddMember', firm, address, role: Role.trader, label, accounts: [] },
    {
      kind: 'ApproveAgent',
      member: address,
      scheme: AgentScheme.local,
      publicKey: agent,
      accounts: [account],
      expiresAtMs: NEVER_MS,
      nonce: 0,
    },
    ...Object.entries(owns).flatMap(([asset, units]) =>
      credit(account, asset, units * (asset === 'USDC' ? 1e6 : 1e8)),
    ),
  ];
}

function credit(account: number, asset: string, amount: number): CreditDeposit[] {
  if (amount === 0) return [];
  return [{ kind: 'CreditDeposit', account, asset, amount, reference: 'genesis' }];
}
