import type { ErrorView } from '../../protocol/errors.ts';
import type { CommandAnswer } from '../../protocol/stream.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { ApprovalsView } from '../../protocol/views/approvals.ts';
import type { FirmView } from '../../protocol/views/firm.ts';
import type { MarketsView, SessionView } from '../../protocol/views/health.ts';
import type { DecideDraftWire, DecideWire } from '../../protocol/wire/firm.ts';
import { DeskClient, type HttpAnswer } from '../deskClient.ts';
import type { CustodyWallet } from './custodyWallet.ts';
import type { DeskNames } from './ownReading.ts';

/** The desk does not answer, or not as one does: what was asked is asked again later. */
export class DeskLineError extends Error {
  override readonly name = 'DeskLineError';
}

/** As long as a desk lets a question wait. */
const WAIT_MS = 25_000;

/** A co-signer's line to its desk: signed in when it has to be, and signed in again when the desk knows it no more. */
export class DeskLine {
  readonly #client: DeskClient;
  readonly #wallet: CustodyWallet;
  #isSignedIn = false;

  constructor(address: string, wallet: CustodyWallet) {
    this.#client = new DeskClient(address);
    this.#wallet = wallet;
  }

  /** What waits for this wallet. @param mayWait until something may be new */
  async approvals(afterSeq: number, mayWait: boolean): Promise<ApprovalsView> {
    const query = `?after=${afterSeq}&waitMs=${mayWait ? WAIT_MS : 0}`;
    return must(await this.#asked((desk) => desk.get<ApprovalsView>(`/api/v1/approvals${query}`)));
  }

  async names(): Promise<DeskNames> {
    const firm = must(await this.#asked((desk) => desk.get<FirmView>('/api/v1/firm')));
    const markets = must(await this.#asked((desk) => desk.get<MarketsView>('/api/v1/markets?settled=all')));
    const session = must(await this.#asked((desk) => desk.get<SessionView>('/api/v1/session')));
    return { firm, markets, session };
  }

  /** What the desk would have signed, or why it has nothing to be signed. */
  async draft(proposal: number, terms: DecideDraftWire): Promise<TypedData | ErrorView> {
    const path = `/api/v1/proposals/${proposal}/decision/draft`;
    const { body } = await this.#asked((desk) => desk.post<TypedData>(path, terms));
    return body.error ?? body;
  }

  /** @returns why it was refused; undefined where it counts */
  async send(proposal: number, decision: DecideWire): Promise<ErrorView | undefined> {
    const path = `/api/v1/proposals/${proposal}/decision`;
    const { body } = await this.#asked((desk) => desk.post<CommandAnswer>(path, decision));
    return body.error;
  }

  async #asked<T>(ask: (desk: DeskClient) => Promise<HttpAnswer<T>>): Promise<HttpAnswer<T>> {
    try {
      if (!this.#isSignedIn) await this.#signIn();
      const answer = await ask(this.#client);
      if (answer.body.error?.code !== 'session.required') return answer;
      await this.#signIn();
      return await ask(this.#client);
    } catch (error) {
      throw new DeskLineError(`The desk cannot be asked: ${(error as Error).message}`);
    }
  }

  async #signIn(): Promise<void> {
    this.#isSignedIn = false;
    await this.#client.signIn(this.#wallet);
    this.#isSignedIn = true;
  }
}

/** @fails DeskLineError */
function must<T>({ body }: HttpAnswer<T>): T {
  if (body.error !== undefined) throw new DeskLineError(`${body.error.code}: ${body.error.message}`);
  return body;
}
