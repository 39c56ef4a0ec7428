import { pageError } from '../engine/protocol/pageErrors.ts';
import type { CommandAnswer } from '../engine/protocol/stream.ts';
import type { LargestOrderView } from '../engine/protocol/views/largestOrder.ts';
import type { PreviewView } from '../engine/protocol/views/preview.ts';
import type { OperationWire, SizelessOrderWire } from '../engine/protocol/wire/commands.ts';
import { announceEnds, announceFills, newsOf } from './announce.ts';
import { announceLink } from './announceLink.ts';
import { announceRecovery } from './announceRecovery.ts';
import { askEnds } from './askEnds.ts';
import type {
  AwaitAnswers,
  Channel,
  FeedFrame,
  FromFeed,
  ReplyMessage,
  RequestMessage,
  SignAndSend,
  ToFeed,
} from './feed/messages.ts';
import { RequestError } from './http.ts';
import { announceMarginCall } from './marginCall/announceMarginCall.ts';
import { isPast } from './past/asOf.ts';
import { showOnce } from './past/openPast.ts';
import { dropEndedKey } from './session.ts';
import { accounts, applyAccountFrame } from './stores/accountStore.ts';
import { channels, link, recoveries, setPulse, ticksToFrame } from './stores/connectionStore.ts';
import { afterPaint, onNextFrame, untilNewsMs } from './stores/frame.ts';
import { applyMarketFrame } from './stores/marketStore.ts';
import { type AgentHandle, setSession } from './stores/sessionStore.ts';

/** Longer than this and the outcome is unknown: the caller asks by client id. */
const ANSWER_WITHIN_MS = 8_000;
const PREVIEW_WITHIN_MS = 3_000;

interface Waiting {
  resolve(reply: ReplyMessage): void;
  reject(error: RequestError): void;
  timer: ReturnType<typeof setTimeout>;
}

let worker: Worker | undefined;
let nextId = 1;
const waiting = new Map<number, Waiting>();
const watchers = new Map<string, number>();

/** Opens the socket, or opens it anew as somebody else. What is watched stays watched. A page of the past has none. */
export function connect(): void {
  if (isPast) return;
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  tell({ op: 'open', url: `${scheme}://${location.host}/api/v1/stream` });
}

/** Streams a channel until the returned function is called; several panes share one subscription. */
export function watch(channel: Channel): () => void {
  if (isPast) return showOnce(channel);
  const key = `${channel.kind}/${channel.key}`;
  const count = watchers.get(key) ?? 0;
  watchers.set(key, count + 1);
  if (count === 0) tell({ op: 'watch', channel });
  return () => {
    const left = (watchers.get(key) ?? 1) - 1;
    watchers.set(key, left);
    if (left === 0) tell({ op: 'unwatch', channel });
  };
}

/**
 * Signs exactly this text with the session's key, sends it and waits until its bytes are durable.
 *
 * @fails signature.invalid when the key cannot sign, and nothing was sent ·
 * outcome.unknown when no answer came: it may or may not have taken effect
 */
export async function sendCommand(text: string, agent: AgentHandle): Promise<CommandAnswer> {
  const reply = await asked((id) => ({ op: 'sign', id, text, agent }), ANSWER_WITHIN_MS);
  if (reply.type === 'error') throw new RequestError(reply.error);
  if (reply.type !== 'answer') throw new RequestError(pageError('outcome.unknown'));
  return reply;
}

/** What one command of these operations would do; all of one account. */
export async function requestOperationsPreview(operations: OperationWire[]): Promise<PreviewView> {
  const reply = await ask({ op: 'previewOperations', id: 0, operations }, PREVIEW_WITHIN_MS);
  if (reply.type === 'error') throw new RequestError(reply.error);
  if (reply.type !== 'preview') throw new RequestError(pageError('outcome.unknown'));
  return reply.preview;
}

/**
 * The most of an order or a scale that the engine's copy would accept.
 *
 * @param lotsMax a bound of our own; undefined for none
 */
export async function requestLargestOrder(
  order: SizelessOrderWire,
  lotsMax: number | undefined,
): Promise<LargestOrderView> {
  const reply = await ask({ op: 'largestOrder', id: 0, order, lotsMax }, PREVIEW_WITHIN_MS);
  if (reply.type === 'error') throw new RequestError(reply.error);
  if (reply.type !== 'largestOrder') throw new RequestError(pageError('outcome.unknown'));
  return reply.largestOrder;
}

function ask(message: RequestMessage, withinMs: number): Promise<ReplyMessage> {
  return asked((id) => ({ op: 'request', message: { ...message, id } }), withinMs);
}

function asked(question: (id: number) => ToFeed | SignAndSend, withinMs: number): Promise<ReplyMessage> {
  if (isPast) return Promise.reject(new RequestError(pageError('past.readOnly')));
  const id = nextId++;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => lose(id), withinMs);
    waiting.set(id, { resolve, reject, timer });
    tell(question(id));
  });
}

function lose(id: number): void {
  settle(id)?.reject(new RequestError(pageError('outcome.unknown')));
}

function settle(id: number): Waiting | undefined {
  const found = waiting.get(id);
  if (found !== undefined) clearTimeout(found.timer);
  waiting.delete(id);
  return found;
}

/** The worker starts with the first word to it: a pane may watch before the session is known. */
function tell(message: ToFeed | SignAndSend): void {
  if (worker === undefined) {
    worker = new Worker(new URL('./feed/feedWorker.ts', import.meta.url), { type: 'module', name: 'feed' });
    worker.onmessage = (event: MessageEvent<FromFeed>) => receive(event.data);
    worker.postMessage({ op: 'awaitAnswers', on: openAnswers() } satisfies AwaitAnswers);
    worker.postMessage({ op: 'watch', channel: { kind: 'markets', key: 0 } } satisfies ToFeed);
  }
  worker.postMessage(message);
}

/**
 * Where what hands ask is answered. From a key until its frame is painted Chromium holds back what a worker posts, not
 * what it broadcasts: an answer that comes in that time stands in the key's own frame.
 *
 * @returns its name, of this page alone
 */
function openAnswers(): string {
  const name = `answers ${crypto.randomUUID()}`;
  new BroadcastChannel(name).onmessage = (event: MessageEvent<FromFeed>) => receive(event.data);
  return name;
}

function receive(message: FromFeed): void {
  switch (message.type) {
    case 'link':
      link.set('link', message.link);
      announceLink(message.link);
      return;
    case 'frame':
      return applyFrame(message.frame);
    case 'reply':
      settle(message.reply.id)?.resolve(message.reply);
      return;
    case 'recovered':
      recoveries.set('last', message.recovery);
      return announceRecovery(message.recovery);
    case 'sessionEnded':
      return setSession({ state: 'signedOut' });
    case 'keyRevoked':
      return void dropEndedKey();
    case 'lost':
      for (const id of message.ids) lose(id);
      return;
  }
}

function applyFrame(frame: FeedFrame): void {
  onNextFrame(tellDrawn);
  setPulse(frame.pulse);
  for (const status of frame.channels) channels.set(`${status.channel.kind}/${status.channel.key}`, status);
  applyMarketFrame(frame);
  const news = frame.accounts.map((message) => {
    if (message.type === 'accountDelta') {
      if (message.view !== undefined)
        announceMarginCall(accounts.latest(message.account)?.view, message.view);
      return message;
    }
    const before = accounts.latest(message.account.account);
    announceMarginCall(before?.view, message.account);
    void askEnds(before, message);
    return newsOf(before, message);
  });
  applyAccountFrame(frame);
  for (const each of news) {
    announceEnds(each);
    announceFills(each);
  }
  if (frame.oldestSentMs !== undefined) measureTick(frame.oldestSentMs);
}

/** What comes before the page draws again may come together. */
function tellDrawn(): void {
  tell({ op: 'drawn', restMs: untilNewsMs() });
}

/** From the desk's sending of the oldest change in a frame to that frame's way to the screen. */
function measureTick(sentMs: number): void {
  onNextFrame(() =>
    // Both clocks are this machine's when the desk is; over a network their difference is in it.
    afterPaint((paintedMs) => ticksToFrame.add(Math.max(0, performance.timeOrigin + paintedMs - sentMs))),
  );
}
