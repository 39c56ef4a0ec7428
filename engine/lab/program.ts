import type { LocalAccount } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import type {
  AccountView,
  FillView,
  OrderOutcomesView,
  OrderOutcomeView,
} from '../protocol/views/account.ts';
import type { MarketView } from '../protocol/views/market.ts';
import { type PersonRole, people } from '../sandbox/people.ts';
import { assert } from '../units/assert.ts';
import { type AgentKey, DeskClient } from './deskClient.ts';

const MNEMONIC = 'test test test test test test test test test test test junk';

/** A program of somebody of the sandbox: what the desk answers it is the engine's own, and no screen stands between. */
export class Program {
  readonly client: DeskClient;
  readonly account: number;
  readonly #wallet: LocalAccount;

  private constructor(client: DeskClient, account: number, wallet: LocalAccount) {
    this.client = client;
    this.account = account;
    this.#wallet = wallet;
  }

  /** It trades and reads the first account of theirs. */
  static async signIn(origin: string, role: PersonRole): Promise<Program> {
    const addressIndex = people.findIndex((person) => person.role === role);
    const wallet = mnemonicToAccount(MNEMONIC, { addressIndex });
    const client = new DeskClient(origin);
    const { accounts } = await client.signIn(wallet);
    return new Program(client, accounts[0]!.account, wallet);
  }

  /** A key of its own to sign orders with. */
  key(): Promise<AgentKey> {
    return this.client.approveAgent(this.#wallet, [this.account]);
  }

  /** Of its position; 0 where it has none. */
  async lots({ instrument }: MarketView): Promise<number> {
    const { positions } = await this.#ask<AccountView>('');
    return positions.find((position) => position.instrument === instrument)?.lots ?? 0;
  }

  /** Newest first. */
  async fills(): Promise<FillView[]> {
    return (await this.#ask<{ fills: FillView[] }>('/fills')).fills;
  }

  /** In the order they were asked for. */
  async outcomesOf(orders: readonly number[]): Promise<OrderOutcomeView[]> {
    const { outcomes } = await this.#ask<OrderOutcomesView>(`/outcomes?orders=${orders.join()}`);
    return orders.flatMap((id) => outcomes.find(({ orderId }) => orderId === id) ?? []);
  }

  async #ask<T>(what: string): Promise<T> {
    const { status, body } = await this.client.get<T>(`/api/v1/accounts/${this.account}${what}`);
    assert(status === 200, `it was not told: ${JSON.stringify(body)}`);
    return body;
  }
}
