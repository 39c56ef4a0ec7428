import { highWater } from '../../core/memory/table.ts';
import type { WithdrawalProofView } from '../../protocol/views/settlement.ts';
import { walletOf } from '../../sandbox/keys.ts';
import { addressOf } from '../../sandbox/people.ts';
import { sandboxVault } from '../../sandbox/vault.ts';
import { addressesOf } from '../../settlement/vault/deployVault.ts';
import { Sender } from '../../settlement/vault/sender.ts';
import { Treasury, type WantedDeposit } from '../../settlement/vault/treasury.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import { assert } from '../../units/assert.ts';
import { SettlementRig } from '../chain/settlementRig.ts';

/** What the histories showed. */
export interface ReorgReport {
  readonly depths: number;
  readonly reorgs: number;
  /** Made, and found in the vault at the end: those that were taken back and made again count once. */
  readonly deposits: number;
  readonly credits: number;
  readonly creditedTwice: number;
  readonly lost: number;
  readonly claims: number;
  readonly paidTwice: number;
  /** Payments the engine was told of, then that the chain had taken them back. */
  readonly reopened: number;
  /** Roots of the vault at the end, and how often one was posted. */
  readonly roots: number;
  readonly rootsPosted: number;
}

/** Blocks above a final one: none, so that the desk believes at once what is taken back later. */
const SHALLOW = 0;
const OWNER = addressOf('counterparty trader');

/** What happens in the blocks that are taken back, in their order: the first so many that fit. */
const stories = [
  ['deposit', 'claim', 'root'],
  ['claim', 'root', 'deposit'],
  ['root', 'deposit', 'claim'],
] as const;
type Step = (typeof stories)[number][number];

/**
 * Takes the chain back at each depth around a deposit, a claim and a root, final already or not yet, and lets them come
 * again in other blocks and another order. A desk, a vault and a chain for each depth, so that no history is long.
 */
export async function reorgRun(options: {
  readonly depths: readonly number[];
  say(sentence: string): void;
}): Promise<ReorgReport> {
  const reports: ReorgReport[] = [];
  for (const depth of options.depths) reports.push(await reorgsOf(depth));
  const sum = (key: keyof ReorgReport) => reports.reduce((total, report) => total + report[key], 0);
  const keys = Object.keys(reports[0] ?? {}) as (keyof ReorgReport)[];
  const report = Object.fromEntries(keys.map((key) => [key, sum(key)])) as unknown as ReorgReport;
  options.say(JSON.stringify(report));
  return report;
}

async function reorgsOf(depth: number): Promise<ReorgReport> {
  const rig = await SettlementRig.open();
  try {
    const run = new ReorgRun(rig);
    await run.open();
    // Just as many confirmations as are taken back: the desk believes nothing of it.
    for (const confirmations of [SHALLOW, depth])
      for (const story of stories) await run.takeBack(depth, confirmations, story);
    return run.report(await rig.held());
  } finally {
    await rig.close();
  }
}

class ReorgRun {
  readonly #rig: SettlementRig;
  readonly #treasury: Treasury;
  readonly #account: number;
  #before = 0;
  #made = 0;
  #claimed = 0n;
  #claims = 0;
  #reorgs = 0;
  #amount = 1_000_000;

  constructor(rig: SettlementRig) {
    this.#rig = rig;
    this.#account = highWater(rig.firm.desk.engine.state.accounts) - 1;
    const sender = new Sender(rig.chain, walletOf('counterparty trader'));
    const places = addressesOf(walletOf('deployer').address, sandboxVault);
    this.#treasury = new Treasury(sender, places, sandboxVault.assets);
  }

  /** The vault is adopted with what was credited before. */
  async open(): Promise<void> {
    const rig = this.#rig;
    await rig.start(SHALLOW);
    await rig.until(() => rig.settlement.status === 'open', 'an open vault');
    await this.#treasury.fund(0, 1_000_000_000_000n);
    this.#before = rig.state().depositCursor;
  }

  /** One history that is not to be, and the one that takes its place. */
  async takeBack(depth: number, confirmations: number, story: readonly Step[]): Promise<void> {
    const rig = this.#rig;
    await rig.start(confirmations);
    const nonce = rig.withdraw(this.#account, this.#nextAmount());
    await this.#come(() => rig.proof(nonce) !== undefined, `a proof of ${nonce}`, confirmations);
    const proof = rig.proof(nonce)!;
    const deposit = { owner: OWNER, account: this.#account, asset: 0, amount: this.#nextAmount() };
    // Nothing of the desk is on its way, and none of its blocks comes between ours.
    rig.mayCut = false;
    await rig.start(confirmations);
    await rig.until(() => rig.settlement.status === 'open', 'an open vault');
    // A root is due as soon as the desk's clock follows.
    await rig.age(61);
    const from = await rig.height();
    const gone = story.slice(0, depth);
    for (const step of gone) await this.#take(step, deposit, proof);
    await rig.mine(depth - ((await rig.height()) - from));
    if (confirmations === SHALLOW) await this.#seen(gone, nonce);
    assert((await rig.height()) - from === depth, `a history of ${depth} blocks`);
    await rig.chain.call('anvil_reorg', [depth, []]);
    this.#reorgs += 1;
    if (confirmations === SHALLOW) await this.#missed(gone, nonce);
    const again = story.toReversed().filter((step) => step !== 'root');
    for (const step of again) {
      // With every credit in its place again the desk finds that the payment is gone.
      if (confirmations === SHALLOW && step === 'claim' && again[0] === 'deposit' && gone.includes('claim'))
        await this.#isOpenAgain(nonce);
      await this.#take(step, deposit, proof);
    }
    this.#made += 1;
    this.#claims += 1;
    this.#claimed += BigInt(proof.withdrawal.amount);
    rig.mayCut = true;
    await this.#come(() => this.#isWhole(nonce), 'what came again', confirmations);
  }

  /** Amounts differ, so that none is taken for another. */
  #nextAmount(): number {
    this.#amount += 1;
    return this.#amount;
  }

  async #take(step: Step, deposit: WantedDeposit, proof: WithdrawalProofView): Promise<void> {
    const rig = this.#rig;
    if (step === 'deposit') await this.#treasury.deposit(deposit);
    else if (step === 'claim') await rig.claim(proof);
    else {
      const { last } = rig.settlement.seen!.vaultState;
      const before = rig.log.length;
      rig.mayCut = true;
      await rig.catchUp();
      const sentence = `root ${last.epoch + 1} is posted`;
      const isPosted = () => rig.log.slice(before).some((each) => each.startsWith(sentence));
      await rig.until(isPosted, sentence);
      rig.mayCut = false;
    }
  }

  /** Until the desk believes in the history that will be taken back. */
  async #seen(gone: readonly Step[], nonce: number): Promise<void> {
    const rig = this.#rig;
    const cursor = this.#before + this.#made + Number(gone.includes('deposit'));
    const isPaid = () => rig.state().paid.some((each) => each.nonce === nonce);
    const isSeen = () => rig.state().depositCursor === cursor && (!gone.includes('claim') || isPaid());
    await rig.until(isSeen, 'a history that is believed');
  }

  /** A credit that is gone stops settlement; a payment that is gone waits again. */
  async #missed(gone: readonly Step[], nonce: number): Promise<void> {
    const rig = this.#rig;
    if (gone.includes('deposit'))
      return await rig.until(
        () => rig.settlement.status === 'halted' && rig.settlement.sentence.startsWith('Deposit '),
        'a lost credit that is told',
      );
    await this.#isOpenAgain(nonce);
  }

  async #isOpenAgain(nonce: number): Promise<void> {
    const rig = this.#rig;
    const isOpen = () => rig.state().withdrawals.some((each) => each.nonce === nonce);
    await rig.until(isOpen, 'a payment that is taken back');
  }

  /** Everything that was made is credited, paid, and in a root that is final. */
  #isWhole(nonce: number): boolean {
    const { settlement } = this.#rig;
    const { depositCursor, paid } = this.#rig.state();
    const isSettled = settlement.status === 'open' && paid.some((each) => each.nonce === nonce);
    const final = settlement.opened?.roots.final?.signed.draft.depositCursor;
    return isSettled && depositCursor === this.#before + this.#made && final === depositCursor;
  }

  /** Lets time and blocks go by until it is so, no faster than the desk looks. */
  async #come(isSo: () => boolean, what: string, confirmations: number): Promise<void> {
    const rig = this.#rig;
    let wanted = 0;
    await rig.until(async () => {
      if (isSo()) return true;
      if ((rig.settlement.seen?.block.number ?? 0) < wanted) return false;
      await rig.pass(12);
      await rig.mine(confirmations);
      wanted = (await rig.height()) - confirmations;
      return false;
    }, what);
  }

  /** @param all deposits of the vault by its own events */
  report(all: readonly VaultDeposit[]): ReorgReport {
    const rig = this.#rig;
    const held = all.slice(this.#before);
    const credits = rig.said.flatMap((event) =>
      event.kind === 'DepositCredited' && event.id >= this.#before ? [event] : [],
    );
    const paid = rig.settlement.opened!.history.paid;
    const { deposited, left, held: kept } = rig.settlement.seen!.holdings[0]!;
    assert(kept === deposited - left, `the vault keeps ${kept} of ${deposited} without ${left}`);
    assert(left === this.#claimed, `${left} units left, and ${this.#claimed} were claimed`);
    const isCredited = ({ id, amount }: { id: number; amount: number }) =>
      credits.some((each) => each.id === id && each.amount === amount);
    return {
      ...{ depths: 1, reorgs: this.#reorgs, deposits: held.length, credits: credits.length },
      creditedTwice: credits.length - new Set(credits.map(({ id }) => id)).size,
      lost: this.#made - held.filter(isCredited).length,
      claims: this.#claims,
      paidTwice: paid.length - new Set(paid.map(({ nonce }) => nonce)).size,
      reopened: rig.said.filter(({ kind }) => kind === 'WithdrawalReopened').length,
      rootsPosted: rig.log.filter((sentence) => /^root \d+ is posted/.test(sentence)).length,
      roots: rig.settlement.opened!.roots.last!.epoch,
    };
  }
}
