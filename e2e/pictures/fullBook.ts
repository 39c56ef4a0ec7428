import { setTimeout as delay } from 'node:timers/promises';
import { mnemonicToAccount } from 'viem/accounts';
import { type AgentKey, DeskClient } from '../../engine/lab/deskClient.ts';
import type { CommandAnswer } from '../../engine/protocol/stream.ts';
import type { MarketsView } from '../../engine/protocol/views/health.ts';
import type { OracleView } from '../../engine/protocol/views/oracle.ts';
import type { OperationWire, OrderDraftWire } from '../../engine/protocol/wire/commands.ts';

/** The portfolio manager of the sandbox, whose first account the pictures show. */
const manager = mnemonicToAccount('test test test test test test test test test test test junk', {
  addressIndex: 2,
});

/** Net sizes to reach, in pieces that the generated market can fill and refill; with what rests inside the firm's limits. */
const POSITIONS = [
  { instrument: 'BTC-PERP', side: 'buy', size: '12', pieces: 18 },
  { instrument: 'ETH-PERP', side: 'sell', size: '120', pieces: 20 },
  { instrument: 'SOL-PERP', side: 'buy', size: '1500', pieces: 20 },
] as const;

const REFILL_MS = 150;
/** Away from the mark, so that they rest while the picture is taken. */
const RESTING = [
  { instrument: 'BTC-PERP', side: 'buy', size: '10', awayPercent: -0.15 },
  { instrument: 'BTC-PERP', side: 'buy', size: '25', awayPercent: -0.4 },
  { instrument: 'BTC-PERP', side: 'sell', size: '8', awayPercent: 0.2 },
  { instrument: 'ETH-PERP', side: 'buy', size: '400', awayPercent: -0.5 },
] as const;

/** Trades and rests what a busy afternoon leaves behind. Single refusals are passed over: the market moves. */
export async function fillBook(origin: string): Promise<void> {
  const client = new DeskClient(origin);
  const session = await client.signIn(manager);
  const account = session.accounts[0]!.account;
  const key = await client.approveAgent(
    manager,
    session.accounts.map((each) => each.account),
  );
  for (const { instrument, side, size, pieces } of POSITIONS) {
    for (let piece = 0; piece < pieces; piece++) {
      await place(client, key, { account, instrument, side, size, type: 'market' });
      await delay(REFILL_MS);
    }
  }
  const { body: oracle } = await client.get<OracleView>('/api/v1/oracle');
  for (const { instrument, side, size, awayPercent } of RESTING) {
    const index = oracle.indexes.find(({ underlying }) => instrument.startsWith(underlying))!;
    const ticks = Math.round((index.indexE8 / 1e8) * (1 + awayPercent / 100) * index.ticksPerUsd);
    const price = String(ticks / index.ticksPerUsd);
    await place(client, key, { account, instrument, side, size, type: 'limit', price, isPostOnly: true });
  }
}

async function place(client: DeskClient, key: AgentKey, order: OrderDraftWire): Promise<void> {
  const { body: desk } = await client.get<MarketsView>('/api/v1/markets');
  const operations: OperationWire[] = [{ type: 'PlaceOrder', order }];
  await client.post<CommandAnswer>('/api/v1/commands', client.envelope(desk, key, operations));
}
