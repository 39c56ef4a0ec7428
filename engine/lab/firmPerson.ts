import type { LocalAccount } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import type { Action } from '../protocol/commands/actions.ts';
import type { AskingTerms } from '../protocol/commands/firm.ts';
import type { CommandAnswer } from '../protocol/stream.ts';
import { commentTypedData, firmTypedData } from '../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import type { AccountView } from '../protocol/views/account.ts';
import type { ProposalView } from '../protocol/views/directory.ts';
import type { FirmView } from '../protocol/views/firm.ts';
import type { MarketsView } from '../protocol/views/health.ts';
import type { OrderDraftWire } from '../protocol/wire/commands.ts';
import type { DecideWire, ProposeWire } from '../protocol/wire/firm.ts';
import { DeskClient, type HttpAnswer } from './deskClient.ts';

const MNEMONIC = 'test test test test test test test test test test test junk';
const FIRM = 1;

/** Somebody of the sandbox, signed in, who signs what the desk asks to be signed. */
export class FirmPerson {
  readonly wallet: LocalAccount;
  readonly client: DeskClient;
  readonly address: string;

  readonly #desk: MarketsView;

  private constructor(client: DeskClient, wallet: LocalAccount, desk: MarketsView) {
    this.client = client;
    this.wallet = wallet;
    this.address = wallet.address.toLowerCase();
    this.#desk = desk;
  }

  /** @param addressIndex their number among the sandbox's people */
  static async signIn(deskAddress: string, addressIndex: number): Promise<FirmPerson> {
    return await FirmPerson.signInWith(deskAddress, mnemonicToAccount(MNEMONIC, { addressIndex }));
  }

  /** With a wallet of any kind. */
  static async signInWith(deskAddress: string, wallet: LocalAccount): Promise<FirmPerson> {
    const client = new DeskClient(deskAddress);
    const { body } = await client.get<MarketsView>('/api/v1/markets');
    await client.signIn(wallet);
    return new FirmPerson(client, wallet, body);
  }

  /** The action that is signed may be another than the one that is sent. */
  async propose(action: Action, sent: Action = action): Promise<HttpAnswer<CommandAnswer>> {
    return await this.client.post('/api/v1/proposals', { ...(await this.proposalOf(action)), action: sent });
  }

  /** A proposal as it is sent. */
  async proposalOf(action: Action): Promise<ProposeWire> {
    const nonce = this.client.nextNonce(Date.now());
    const request = { wallet: this.address, nonce, firm: FIRM, action, ...(await this.#terms()) };
    const { status, body } = await this.client.post<TypedData>('/api/v1/proposals/draft', request);
    if (status !== 200) throw new Error(`Nothing can be signed: ${JSON.stringify(body)}`);
    return { ...request, signature: await this.#sign(body) };
  }

  /** By the policy of now. Who is of no firm has none to name. */
  async #terms(): Promise<AskingTerms> {
    const { body } = await this.client.get<Partial<FirmView>>('/api/v1/firm');
    const policyHash = body.policy?.hash ?? `0x${'00'.repeat(32)}`;
    return { policyHash, seqMin: 1, deadlineMs: Date.now() + 60_000 };
  }

  async decide(
    view: ProposalView,
    terms: Partial<DecideWire> = {},
    signed: Partial<DecideWire> = terms,
  ): Promise<HttpAnswer<CommandAnswer>> {
    const body = await this.decisionOf(view, terms, signed);
    return await this.client.post(`/api/v1/proposals/${view.proposal}/decision`, body);
  }

  /** A decision as it is sent; what is signed may be another. */
  async decisionOf(
    view: ProposalView,
    terms: Partial<DecideWire> = {},
    signed: Partial<DecideWire> = terms,
  ): Promise<DecideWire> {
    const nonce = this.client.nextNonce(Date.now());
    const { actionHash, policyHash, proposal } = view;
    const asked = {
      decision: 'approve' as const,
      reason: terms.decision === 'veto' ? 'Not today.' : '',
      actionHash,
      policyHash,
      seqMin: 1,
      deadlineMs: Date.now() + 60_000,
    };
    const names = { ...this.#desk, nodes: [], accounts: [], members: [], proposals: [view] };
    const command = { kind: 'Decide' as const, proposal, ...asked, ...signed };
    const typedData = firmTypedData(names, command, { wallet: this.address, nonce });
    const signature = await this.#sign(typedData!);
    return { wallet: this.address, nonce, ...asked, ...terms, signature };
  }

  /** The same session, signed for by somebody else. */
  signedBy(wallet: LocalAccount): FirmPerson {
    return new FirmPerson(this.client, wallet, this.#desk);
  }

  /** Says something about an open proposal, which must pass. */
  async comment(proposal: number, text: string, isQuestion = false): Promise<void> {
    const signer = { wallet: this.address, nonce: this.client.nextNonce(Date.now()) };
    const said = { text, isQuestion };
    const command = { kind: 'CommentProposal', proposal, ...said } as const;
    const signature = await this.#sign(commentTypedData(this.#desk, command, signer));
    const path = `/api/v1/proposals/${proposal}/comments`;
    const { status, body } = await this.client.post(path, { ...signer, ...said, signature });
    if (status !== 200) throw new Error(`The comment was refused: ${JSON.stringify(body)}`);
  }

  async proposals(): Promise<ProposalView[]> {
    const { body } = await this.client.get<{ proposals: ProposalView[] }>('/api/v1/proposals');
    return body.proposals;
  }

  /** Proposes what must pass; the number under which it waits, undefined when it was done at once. */
  async ask(action: Action): Promise<number | undefined> {
    const { status, body } = await this.propose(action);
    const [result] = body.results ?? [];
    if (status !== 200 || result === undefined || result.status === 'refused')
      throw new Error(`${action.kind} was refused: ${JSON.stringify(body)}`);
    return result.proposal;
  }

  /** Agrees to what waits under a number, which must pass. */
  async agree(proposal: number): Promise<void> {
    const view = (await this.proposals()).find((each) => each.proposal === proposal);
    if (view === undefined) throw new Error(`There is no proposal ${proposal}.`);
    const { status, body } = await this.decide(view);
    if (status !== 200) throw new Error(`The agreement was refused: ${JSON.stringify(body)}`);
  }

  /** Trades as their own program would; all of it must fill. */
  async trade(order: OrderDraftWire): Promise<void> {
    const key = await this.client.approveAgent(this.wallet, [order.account]);
    const envelope = this.client.envelope(this.#desk, key, [{ type: 'PlaceOrder', order }]);
    const { status, body } = await this.client.post<CommandAnswer>('/api/v1/commands', envelope);
    if (status !== 200 || body.results[0]?.status !== 'filled')
      throw new Error(`The order was not filled: ${JSON.stringify(body)}`);
  }

  async usdcOf(account: number): Promise<number> {
    const { body } = await this.client.get<AccountView>(`/api/v1/accounts/${account}`);
    return body.balances.find(({ name }) => name === 'USDC')?.amount ?? 0;
  }

  #sign(typedData: TypedData): Promise<string> {
    return this.wallet.signTypedData(typedData as never);
  }
}
