// Goal: a signed request that somebody withholds asks for nothing later, nor by another policy. How: the sandbox's firm,
// what one wallet may do alone, sent with terms that are each wrong in one way, and random ones held against a plain rule.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALTS, BASIS } from '../../lab/fixtures/desk.ts';
import { FIRM, FirmDesk } from '../../lab/fixtures/firmDesk.ts';
import type { Transfer } from '../../protocol/commands/actions.ts';
import type { AskingTerms } from '../../protocol/commands/firm.ts';
import { addressOf } from '../../sandbox/people.ts';
import { DAY_MS } from '../../units/time.ts';

const transfer: Transfer = { kind: 'Transfer', from: BASIS, to: ALTS, asset: 'USDC', amount: 1_000_000 };
const OTHER_POLICY = `0x${'0d'.repeat(32)}`;

/** Sends what the portfolio manager may do alone on these terms, with a nonce of its own. */
function sent(firm: FirmDesk, terms: AskingTerms, nonce = firm.desk.timeMs): string {
  const wallet = firm.walletOf(addressOf('portfolio manager'));
  firm.desk.run({ kind: 'Propose', firm: FIRM, action: transfer, terms }, wallet, nonce);
  return firm.code ?? 'done';
}

const seqOf = (firm: FirmDesk) => firm.desk.engine.state.globals.columns.seq[0]!;

test('refusals, each alone, to the millisecond and the sequence', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  const cases: [Partial<AskingTerms>, string][] = [
    [{ deadlineMs: desk.timeMs }, 'approval.expired'],
    [{ policyHash: OTHER_POLICY }, 'approval.policyChanged'],
    [{ policyHash: '' }, 'approval.policyChanged'],
    [{ deadlineMs: desk.timeMs + 1 }, 'done'],
  ];
  for (const [index, [terms, code]] of cases.entries())
    expect([terms, sent(firm, { ...desk.termsOf(FIRM), ...terms }, desk.timeMs + index)]).toEqual([
      terms,
      code,
    ]);
  // The command itself takes the next sequence: what names it has not been seen by anybody.
  const seqMin = seqOf(firm) + 1;
  expect(sent(firm, { ...desk.termsOf(FIRM), seqMin }, desk.timeMs + 9)).toBe('approval.seqAhead');
  expect(sent(firm, { ...desk.termsOf(FIRM), seqMin: seqOf(firm) }, desk.timeMs + 10)).toBe('done');
  const wallet = firm.walletOf(addressOf('portfolio manager'));
  const none = { kind: 'Propose' as const, firm: FIRM, action: transfer, terms: null as never };
  desk.run(none, wallet, desk.timeMs + 11);
  expect(firm.code).toBe('parameters.invalid');
});

test('what was signed for one policy asks for nothing under the next', () => {
  const firm = new FirmDesk();
  const terms = { ...firm.desk.termsOf(FIRM), deadlineMs: firm.desk.timeMs + DAY_MS };
  const rules = [{ id: 'ALL', when: {}, verdict: { is: 'allow' as const } }];
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: { kind: 'SetPolicy', rules } });
  expect(sent(firm, terms)).toBe('approval.policyChanged');
  expect(sent(firm, { ...terms, ...firm.desk.termsOf(FIRM) }, firm.desk.timeMs + 1)).toBe('done');
});

test('the desk itself asks on no terms', () => {
  const firm = new FirmDesk();
  firm.desk.accept({ kind: 'Propose', firm: FIRM, action: transfer });
});

test('random terms: done only in time, for the policy in force, having seen what is there', () => {
  const firm = new FirmDesk();
  const { desk } = firm;
  const asked = fc.record({
    lifeMs: fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -DAY_MS, max: DAY_MS })),
    ahead: fc.integer({ min: -3, max: 3 }),
    isOther: fc.boolean(),
    waitMs: fc.nat({ max: 5 }),
  });
  let nonce = 0;
  fc.assert(
    fc.property(asked, ({ lifeMs, ahead, isOther, waitMs }) => {
      const terms = desk.termsOf(FIRM);
      const deadlineMs = desk.timeMs + lifeMs;
      const seqMin = Math.max(0, seqOf(firm) + ahead);
      desk.wait(waitMs);
      const isGood = lifeMs > waitMs && ahead <= 0 && !isOther;
      const policyHash = isOther ? OTHER_POLICY : terms.policyHash;
      const before = desk.engine.state.balances.columns.amount.join();
      const code = sent(firm, { policyHash, seqMin, deadlineMs }, desk.timeMs + nonce++);
      expect(code === 'done').toBe(isGood);
      const isMoved = desk.engine.state.balances.columns.amount.join() !== before;
      expect(isMoved).toBe(isGood);
    }),
    { numRuns: 200 },
  );
});
