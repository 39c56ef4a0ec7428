// Goal: who may see an account may ask what an order would do to it, and nobody else hears anything. How: the follower
// is the test's; the names are those of the sample desk, whose trader sees two accounts.
import { expect, test } from 'vitest';
import { namesOf } from '../api/native/names.ts';
import { sampleDirectory } from '../api/native/sampleDirectory.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { OrderDraftWire, SizelessOrderWire } from '../protocol/wire/commands.ts';
import { maySee } from './membership.ts';
import { type PreviewPorts, Previews } from './previews.ts';
import type { Session } from './sessions/session.ts';
import type { FollowerCall } from './threads/messages.ts';

const names = namesOf(sampleDirectory);
const [member] = sampleDirectory.members;
const account = member!.accounts[0]!;
const foreign = Math.max(...member!.accounts) + 1;
const session = { id: 'id', address: member!.address } as Session;

function open(change: Partial<PreviewPorts> = {}) {
  const calls: FollowerCall[] = [];
  const previews = new Previews({
    names: () => names,
    maySee: (who, of) => maySee(names, who, of),
    ask: (call) => {
      calls.push(call);
      return new Promise(() => {});
    },
    ...change,
  });
  return { previews, calls };
}

const terms = { account, instrument: 'BTC-PERP', side: 'buy', type: 'limit', price: '60000' } as const;
const draft = (change: Partial<OrderDraftWire> = {}) =>
  ({ type: 'PlaceOrder', order: { ...terms, size: '0.01', ...change } }) as const;
const sizeless = (change: Partial<Omit<OrderDraftWire, 'size'>> = {}): SizelessOrderWire => ({
  type: 'PlaceOrder',
  order: { ...terms, ...change },
});

const refused = (code: ErrorCode) => ({ error: { code } });

test('a size is asked for by terms that have none: the follower gets the order and the bound', () => {
  const { previews, calls } = open();
  const order = { kind: 'PlaceOrder', account, instrument: 0, priceTicks: 600_000, sizeLots: 0 };
  void previews.largestOrder(session, sizeless(), 500);
  expect(calls).toMatchObject([{ kind: 'largestOrder', order, lotsMax: 500 }]);
  const { price: _price, type: _type, ...shared } = terms;
  const scale = { ...shared, fromPrice: '60000', toPrice: '59000', count: 3 };
  void previews.largestOrder(session, { type: 'PlaceScale', scale }, undefined);
  expect(calls[1]).toMatchObject({
    order: { kind: 'PlaceScale', sizeLots: 0, count: 3 },
    lotsMax: undefined,
  });
});

test('nobody asks without a session, of a foreign account, or before orders are accepted', async () => {
  const { previews, calls } = open();
  await expect(previews.preview(undefined, [draft()])).rejects.toMatchObject(refused('session.required'));
  await expect(previews.largestOrder(undefined, sizeless(), 1)).rejects.toMatchObject(
    refused('session.required'),
  );
  await expect(previews.preview(session, [draft(), draft({ account: foreign })])).rejects.toMatchObject(
    refused('actor.outOfScope'),
  );
  await expect(previews.largestOrder(session, sizeless({ account: foreign }), 1)).rejects.toMatchObject(
    refused('actor.outOfScope'),
  );
  const early = open({ names: () => undefined });
  await expect(early.previews.largestOrder(session, sizeless(), 1)).rejects.toMatchObject(
    refused('engine.notReady'),
  );
  expect([...calls, ...early.calls]).toEqual([]);
});

test('terms that cannot be read are refused with what is wrong with them', async () => {
  const { previews, calls } = open();
  const codes: [Partial<OrderDraftWire>, ErrorCode][] = [
    [{ price: '1.00001' }, 'order.priceOffTick'],
    [{ instrument: 'NO-PERP' }, 'instrument.unknown'],
  ];
  for (const [change, code] of codes) {
    await expect(previews.largestOrder(session, sizeless(change), 1)).rejects.toMatchObject(refused(code));
    await expect(previews.preview(session, [draft(change)])).rejects.toMatchObject(refused(code));
  }
  const two = member!.accounts.slice(0, 2).map((each) => draft({ account: each }));
  await expect(previews.preview(session, two)).rejects.toMatchObject(refused('request.malformed'));
  expect(calls).toEqual([]);
});
