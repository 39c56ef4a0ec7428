import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LocalAccount } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { boot, type RunningDesk } from '../../host/boot.ts';
import { readConfig } from '../../host/config.ts';
import type { Command } from '../../protocol/commands/types.ts';
import type { CommandAnswer } from '../../protocol/stream.ts';
import type { MarketsView } from '../../protocol/views/health.ts';
import { type PersonRole, people } from '../../sandbox/people.ts';
import { DeskClient } from '../deskClient.ts';
import { columns } from './actionMatrix.ts';

const mnemonic = 'test test test test test test test test test test test junk';

/** Somebody of the sandbox with their wallet, signed in. */
export interface Person {
  client: DeskClient;
  wallet: LocalAccount;
  address: string;
}

/** A desk without pages, its market paused, at which a person of every role is signed in. */
export class RoleDesk {
  readonly running: RunningDesk;
  readonly markets: MarketsView;
  readonly #dir: string;
  readonly #people = new Map<PersonRole, Person>();

  private constructor(running: RunningDesk, markets: MarketsView, dir: string) {
    this.running = running;
    this.markets = markets;
    this.#dir = dir;
  }

  static async open(): Promise<RoleDesk> {
    const dir = mkdtempSync(path.join(tmpdir(), 'ballast-roles-'));
    const env = {
      PORT: '0',
      BALLAST_DATA: dir,
      BALLAST_PAGES: 'off',
      BALLAST_RECORDS: 'off',
      BALLAST_CHAIN: 'off',
    };
    const running = await boot(readConfig(['--pace', 'paused'], env), (sentence) => {
      throw new Error(sentence);
    });
    const { body } = await new DeskClient(running.address).get<MarketsView>('/api/v1/markets');
    const desk = new RoleDesk(running, body, dir);
    for (const role of [...columns, 'counterparty trader'] as const) await desk.signIn(role);
    return desk;
  }

  person(role: PersonRole): Person {
    return this.#people.get(role)!;
  }

  /** A command of the desk itself, which must pass. */
  async accept(command: Command): Promise<CommandAnswer> {
    const answer = await this.running.desk.gateway.submitSystem(command);
    const [result] = answer.results;
    if (result?.status === 'refused') throw new Error(`${command.kind} was refused: ${result.error.code}`);
    return answer;
  }

  async stop(): Promise<void> {
    await this.running.stop();
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 9 });
  }

  /** A program that is not signed in. */
  stranger(): DeskClient {
    return new DeskClient(this.running.address);
  }

  async signIn(role: PersonRole): Promise<void> {
    const addressIndex = people.findIndex((each) => each.role === role);
    const wallet = mnemonicToAccount(mnemonic, { addressIndex });
    const client = this.stranger();
    await client.signIn(wallet);
    this.#people.set(role, { client, wallet, address: wallet.address.toLowerCase() });
  }
}
