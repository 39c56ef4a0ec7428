// Goal: a firm arranges its tree as it likes and cannot break it. How: the sandbox's firm with its groups Macro and Vol,
// actions of the desk itself, then many random ones; after each the invariants walk every tree from its root.
import { expect, test } from 'vitest';
import { ALTS, BASIS, type Desk, only, openDesk, thinCoin, VOL } from '../../lab/fixtures/desk.ts';
import { randomFrom } from '../../lab/sim/random.ts';
import type { Action } from '../../protocol/commands/actions.ts';
import { RiskDesk } from '../accounts/riskDesk.ts';
import { checkInvariants } from '../invariants.ts';
import { highWater, type Table } from '../memory/table.ts';
import { beginUndo, rollBack } from '../memory/undo.ts';
import { restoreState, saveState, stateHash } from '../snapshot.ts';
import type { State } from '../state.ts';
import { directoryOf } from '../views/directory.ts';
import { DEPTH_MAX } from './nodes.ts';

const FIRM = 1;
const [ROOT, MACRO, VOLATILITY] = [0, 1, 2];

function ask(desk: Desk, action: Action): string | undefined {
  desk.run({ kind: 'Propose', firm: FIRM, action });
  return desk.code;
}

function open(desk: Desk, parent: number, isAccount = false): number {
  const action = { kind: 'OpenNode', parent, label: 'New', isAccount } as const;
  return only(desk.accept({ kind: 'Propose', firm: FIRM, action }), 'NodeOpened').node;
}

const nodeOf = (desk: Desk, account: number) => desk.engine.state.accounts.columns.node[account]!;
const views = (desk: Desk) => directoryOf(desk.engine).nodes;

test('the sandbox’s firm has the groups Macro and Vol, and its accounts stand in them', () => {
  const desk = openDesk();
  expect(views(desk).slice(0, 3)).toMatchObject([
    { parent: null, label: 'Ballast Sandbox' },
    { parent: ROOT, label: 'Macro', account: null, tags: [], state: 'normal', isArchived: false },
    { parent: ROOT, label: 'Vol', account: null },
  ]);
  const parents = [BASIS, ALTS, VOL].map((account) => views(desk)[nodeOf(desk, account)]!.parent);
  expect(parents).toEqual([MACRO, MACRO, VOLATILITY]);
});

test('a group moves with all that is below it, and never below itself', () => {
  const desk = openDesk();
  const inner = open(desk, MACRO);
  expect(ask(desk, { kind: 'MoveNode', node: MACRO, parent: inner })).toBe('node.circular');
  expect(ask(desk, { kind: 'MoveNode', node: MACRO, parent: MACRO })).toBe('node.circular');
  expect(ask(desk, { kind: 'MoveNode', node: MACRO, parent: VOLATILITY })).toBeUndefined();
  expect(desk.engine.state.nodes.columns.depth[inner]).toBe(3);
  expect(views(desk)[MACRO]!.parent).toBe(VOLATILITY);
  checkInvariants(desk.engine.state);
});

test('what was read while an action was tried out is not taken for what comes after it', () => {
  const desk = openDesk();
  const { undo, risk, state } = desk.engine;
  beginUndo(undo);
  open(desk, MACRO);
  risk.parameters();
  rollBack(undo);
  // The next change of the directory takes the number that the one taken back had.
  desk.accept(thinCoin('NEW'));
  expect(risk.parameters()).toEqual(new RiskDesk(state).parameters());
});

test('a tree that is moved stays within its depth', () => {
  const desk = openDesk();
  let deepest = VOLATILITY;
  for (let depth = 2; depth < DEPTH_MAX; depth++) deepest = open(desk, deepest);
  expect(ask(desk, { kind: 'MoveNode', node: MACRO, parent: deepest })).toBe('node.tooDeep');
  expect(ask(desk, { kind: 'MoveNode', node: nodeOf(desk, ALTS), parent: deepest })).toBeUndefined();
  checkInvariants(desk.engine.state);
});

test('tags are replaced as a whole, and none takes them away', () => {
  const desk = openDesk();
  const tag = (...tags: string[]) => ask(desk, { kind: 'TagNode', node: MACRO, tags });
  expect(tag('basis', 'carry')).toBeUndefined();
  expect(views(desk)[MACRO]!.tags).toEqual(['basis', 'carry']);
  expect(tag()).toBeUndefined();
  expect(views(desk)[MACRO]!.tags).toEqual([]);
  expect(tag(...'abcdefgh')).toBeUndefined();
  for (const tags of [[...'abcdefghi'], ['twice', 'twice'], ['']]) expect(tag(...tags)).toBe('tags.invalid');
  expect(ask(desk, { kind: 'TagNode', node: 99, tags: [] })).toBe('node.unknown');
  const notAList = { kind: 'TagNode', node: MACRO, tags: 'carry' } as unknown as Action;
  expect(ask(desk, notAList)).toBe('tags.invalid');
});

test('what is archived is empty, and takes neither orders nor money nor anything below it', () => {
  const desk = openDesk();
  const group = open(desk, MACRO);
  const node = open(desk, group, true);
  const { account } = views(desk)[node]!;
  desk.accept({ kind: 'OpenPot', account: account!, underlying: 'ETH', label: 'Ether pot' });
  const pot = desk.engine.state.directory.accounts.length - 1;
  const deposit = {
    kind: 'CreditDeposit',
    account: pot,
    asset: 'USDC',
    amount: 5,
    reference: 'one',
  } as const;
  desk.accept(deposit);
  expect(ask(desk, { kind: 'ArchiveNode', node: group })).toBe('node.inUse');
  desk.accept({ kind: 'MoveCollateral', from: pot, to: account!, asset: 'USDC', amount: 5 });
  expect(ask(desk, { kind: 'ArchiveNode', node: group })).toBe('node.inUse');
  expect(ask(desk, { kind: 'ArchiveNode', node: nodeOf(desk, BASIS) })).toBe('node.inUse');
  const empty = open(desk, group, true);
  expect(ask(desk, { kind: 'ArchiveNode', node: empty })).toBeUndefined();
  const closed = views(desk)[empty]!.account!;
  const codeOf = (run: () => unknown) => {
    run();
    return desk.code;
  };
  expect(codeOf(() => desk.place({ account: closed }))).toBe('node.archived');
  expect(codeOf(() => desk.run({ ...deposit, account: closed }))).toBe('node.archived');
  const opens = { kind: 'OpenPot', account: closed, underlying: 'ETH', label: 'Pot' } as const;
  expect(codeOf(() => desk.run(opens))).toBe('node.archived');
  const moves = { kind: 'MoveCollateral', from: closed, to: pot, asset: 'USDC', amount: 5 } as const;
  expect(codeOf(() => desk.run(moves))).toBe('node.archived');
  const transfer = { kind: 'Transfer', from: BASIS, to: closed, asset: 'USDC', amount: 5 } as const;
  expect(ask(desk, transfer)).toBe('node.archived');
  expect(ask(desk, { kind: 'ArchiveNode', node: empty })).toBe('node.archived');
  expect(ask(desk, { kind: 'MoveNode', node: empty, parent: ROOT })).toBe('node.archived');
  checkInvariants(desk.engine.state);
});

test('below an archived group nothing is opened and nothing moves there', () => {
  const desk = openDesk();
  const group = open(desk, ROOT);
  const inner = open(desk, group);
  expect(ask(desk, { kind: 'ArchiveNode', node: group })).toBeUndefined();
  expect(views(desk)[inner]).toMatchObject({ state: 'normal', isArchived: true });
  const opens = { kind: 'OpenNode', parent: inner, label: 'Late', isAccount: true } as const;
  expect(ask(desk, opens)).toBe('node.archived');
  expect(ask(desk, { kind: 'MoveNode', node: VOLATILITY, parent: inner })).toBe('node.archived');
  checkInvariants(desk.engine.state);
});

test('refusals of moves and archiving, each alone', () => {
  const desk = openDesk();
  const leaf = nodeOf(desk, VOL);
  const theirs = desk.engine.state.firms.columns.root[2]!;
  const cases: [string, Action][] = [
    ['node.unknown', { kind: 'MoveNode', node: theirs, parent: MACRO }],
    ['node.isRoot', { kind: 'MoveNode', node: ROOT, parent: MACRO }],
    ['node.unknown', { kind: 'MoveNode', node: leaf, parent: theirs }],
    ['node.notGroup', { kind: 'MoveNode', node: MACRO, parent: leaf }],
    ['node.unknown', { kind: 'ArchiveNode', node: theirs }],
    ['node.isRoot', { kind: 'ArchiveNode', node: ROOT }],
  ];
  for (const [code, action] of cases) expect([ask(desk, action), action]).toEqual([code, action]);
});

/** What the actions of the tree write: the rows of nodes and accounts. */
function treeOf({ nodes, accounts }: State): number[][] {
  const rows = (table: Table) =>
    Object.values(table.columns).map((column) => [...column.subarray(0, highWater(table))]);
  return [...rows(nodes), ...rows(accounts)];
}

test.each([1, 2, 3])(
  'random moves and archivings leave a tree, and taken back no trace (seed %i)',
  (seed) => {
    const desk = openDesk();
    const random = randomFrom(seed);
    const { state, undo } = desk.engine;
    const anyNode = () => {
      const own = views(desk).filter(({ firm }) => firm === FIRM);
      return random.chance(0.05) ? random.below(99) : own[random.below(own.length)]!.node;
    };
    let moves = 0;
    for (let count = 0; count < 160; count++) {
      const dice = random.below(30);
      const opens = {
        kind: 'OpenNode',
        parent: anyNode(),
        label: 'New',
        isAccount: random.chance(0.5),
      } as const;
      const action: Action =
        dice < 14
          ? opens
          : dice < 29
            ? { kind: 'MoveNode', node: anyNode(), parent: anyNode() }
            : { kind: 'ArchiveNode', node: anyNode() };
      if (action.kind !== 'OpenNode') {
        const before = treeOf(state);
        beginUndo(undo);
        ask(desk, action);
        rollBack(undo);
        expect(treeOf(state)).toEqual(before);
      }
      if (ask(desk, action) === undefined && action.kind === 'MoveNode') moves++;
      checkInvariants(state);
    }
    expect(moves).toBeGreaterThan(10);
    expect(stateHash(restoreState(saveState(state)).state)).toBe(stateHash(state));
  },
);
