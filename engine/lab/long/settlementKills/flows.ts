import { encodeFunctionData, type Hex, keccak256, type LocalAccount } from 'viem';
import type { CommandAnswer } from '../../../protocol/stream.ts';
import type { DecideWire, ProposeWire } from '../../../protocol/wire/firm.ts';
import { walletOf } from '../../../sandbox/keys.ts';
import { addressOf, type PersonRole } from '../../../sandbox/people.ts';
import { tokenAbi, vaultAbi } from '../../../settlement/vault/vaultAbi.ts';
import { HOUR_MS } from '../../../units/time.ts';
import type { HttpAnswer } from '../../deskClient.ts';
import { answered, type People } from './people.ts';

/** Whose account is deposited to and withdrawn from. */
export const ACCOUNT = 9;
export const USDC = 0;
const OWNER: PersonRole = 'firm owner';

/** One thing a person wants done, which they go on with after whatever happened. */
export interface Flow {
  /** The next thing that is missing. @returns whether all is done. @fails Away when it must be tried again */
  pass(): Promise<boolean>;
}

interface Signed {
  readonly raw: Hex;
  readonly hash: Hex;
}

/** The owner's wallet makes tokens, allows and deposits them; each transaction is signed once, and sent while it is in no block. */
export class Deposit implements Flow {
  readonly #people: People;
  readonly #units: number;
  #transactions: readonly Signed[] | undefined;

  constructor(people: People, units: number) {
    this.#people = people;
    this.#units = units;
  }

  async pass(): Promise<boolean> {
    this.#transactions ??= await this.#signedAll();
    for (const { raw, hash } of this.#transactions)
      if (!(await this.#people.isMined(raw, hash))) return false;
    const { deposits } = await this.#people.view();
    const [own] = deposits.filter(({ amount }) => amount === String(this.#units));
    if (own?.state !== 'credited') return false;
    const proof = await this.#people.proof(ACCOUNT);
    return proof !== undefined && proof.root.depositCursor > own.id!;
  }

  async #signedAll(): Promise<Signed[]> {
    const { vault, assets } = await this.#people.view();
    const { token, weiPerUnit } = assets[USDC]!;
    const wei = BigInt(this.#units) * BigInt(weiPerUnit);
    const wallet = walletOf(OWNER);
    const owner = wallet.address;
    const args = [owner, BigInt(ACCOUNT), USDC, wei] as const;
    const calls = [
      [token, encodeFunctionData({ abi: tokenAbi, functionName: 'mint', args: [owner, wei] })],
      [token, encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [vault as Hex, wei] })],
      [vault, encodeFunctionData({ abi: vaultAbi, functionName: 'deposit', args })],
    ] as const;
    const nonce = await this.#people.nonceOf(wallet);
    const signed: Signed[] = [];
    for (const [index, [to, data]] of calls.entries())
      signed.push(await signedOnce(this.#people, wallet, to, data, nonce + index));
    return signed;
  }
}

/** Asked for by the portfolio manager, agreed to by operations and the owner, claimed by whoever likes; each signs once. */
export class Withdrawal implements Flow {
  readonly #people: People;
  readonly #units: number;
  #asked: ProposeWire | undefined;
  readonly #decided = new Map<PersonRole, DecideWire>();
  /** Whose bytes the desk has answered, in this life or by saying that it has them. */
  readonly #answered = new Set<PersonRole | 'asked'>();
  #claim: Signed | undefined;

  constructor(people: People, units: number) {
    this.#people = people;
    this.#units = units;
  }

  async pass(): Promise<boolean> {
    await this.#ask();
    for (const role of ['ops-approver', OWNER] as const) await this.#decide(role);
    const { withdrawals, vault, assets } = await this.#people.view();
    const [own] = withdrawals.filter(({ amount }) => amount === String(this.#units));
    if (own === undefined) return false;
    if (own.state === 'claimable') {
      this.#claim ??= await this.#claimOf(own.nonce, vault);
      await this.#people.isMined(this.#claim.raw, this.#claim.hash);
    }
    return own.state === 'paid' && assets[USDC]!.authorisedUnpaid === '0';
  }

  async #ask(): Promise<void> {
    if (this.#answered.has('asked')) return;
    const person = await this.#people.person('portfolio manager');
    const deadlineMs = Date.now() + HOUR_MS;
    const terms = { account: ACCOUNT, asset: 'USDC', amount: this.#units, to: addressOf(OWNER), deadlineMs };
    this.#asked ??= await person.proposalOf({ kind: 'Withdraw', ...terms });
    counted(await person.client.post<CommandAnswer>('/api/v1/proposals', this.#asked));
    this.#answered.add('asked');
  }

  async #decide(role: PersonRole): Promise<void> {
    if (this.#answered.has(role)) return;
    const person = await this.#people.person(role);
    const { amount } = this.#asked!.action as { amount: number };
    const own = (await person.proposals()).filter(
      ({ action }) => action.kind === 'Withdraw' && action.amount === amount,
    );
    if (own.length > 1) throw new Error(`It was asked for ${own.length} times.`);
    const [view] = own;
    let wire = this.#decided.get(role);
    // Once all have agreed it is no proposal any more.
    if (view === undefined && wire !== undefined) this.#answered.add(role);
    if (view === undefined) return;
    if (wire === undefined) {
      wire = await person.decisionOf(view, { deadlineMs: Date.now() + HOUR_MS });
      this.#decided.set(role, wire);
    }
    counted(await person.client.post<CommandAnswer>(`/api/v1/proposals/${view.proposal}/decision`, wire));
    this.#answered.add(role);
  }

  async #claimOf(nonce: number, vault: string): Promise<Signed> {
    const { epoch, withdrawal, proof } = await this.#people.withdrawalProof(nonce);
    const { sub, amount, to, seq } = withdrawal;
    const leaf = {
      sub,
      nonce: BigInt(nonce),
      asset: withdrawal.asset,
      amount: BigInt(amount),
      to,
      seq: BigInt(seq),
    };
    // Hashes and addresses are words of hex on our side, templates of them on the library's.
    const args = [leaf, BigInt(epoch), proof];
    const data = encodeFunctionData({ abi: vaultAbi, functionName: 'claim', args } as never);
    const wallet = walletOf('trader');
    return await signedOnce(this.#people, wallet, vault, data, await this.#people.nonceOf(wallet));
  }
}

/** The same signed bytes are taken once: a second time they are refused for their number. */
function counted(answer: HttpAnswer<CommandAnswer>): void {
  if (answer.body.error?.code !== 'nonce.replayed') answered(answer);
}

async function signedOnce(
  people: People,
  wallet: LocalAccount,
  to: string,
  data: Hex,
  nonce: number,
): Promise<Signed> {
  const raw = await people.signed(wallet, to, data, nonce);
  return { raw, hash: keccak256(raw) };
}
