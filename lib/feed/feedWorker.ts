import { pageError } from '../../engine/protocol/pageErrors.ts';
import { signText } from '../signing.ts';
import { Feed } from './feed.ts';
import type { FeedSocket, SocketEvents } from './line.ts';
import type { AwaitAnswers, FromFeed, SignAndSend, ToFeed } from './messages.ts';

let hands: BroadcastChannel | undefined;

/** The worker around the feed: the real socket, clock and port. Parsing and merging stay off the page's thread. */
const feed = new Feed({
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after: (delayMs, run) => setTimeout(run, delayMs),
  every: (intervalMs, run) => setInterval(run, intervalMs),
  random: () => Math.random(),
  connect,
  post: (message) => self.postMessage(message),
  postToHands: (message) => (hands ?? self).postMessage(message),
});

self.onmessage = ({ data }: MessageEvent<ToFeed | AwaitAnswers | SignAndSend>) => {
  if (data.op === 'awaitAnswers') hands = new BroadcastChannel(data.on);
  else if (data.op === 'sign')
    signed = signed.then(
      () => sign(data),
      () => sign(data),
    );
  else feed.receive(data);
};
self.addEventListener('online', () => feed.receive({ op: 'online' }));

/** Signatures may overtake one another, commands of one page may not: a cancel asked for first leaves first. */
let signed = Promise.resolve();

async function sign({ id, text, agent }: SignAndSend): Promise<void> {
  // Of what goes wrong once it is handed to the line nobody may say that nothing was sent.
  const envelope = await signText(agent, text).catch(() => undefined);
  if (envelope !== undefined)
    return feed.receive({ op: 'request', message: { op: 'command', id, envelope } });
  const error = pageError('signature.invalid', 'Nothing was sent. Sign in again.');
  const reply = { type: 'error', id, error } as const;
  self.postMessage({ type: 'reply', reply, receivedMs: Date.now() } satisfies FromFeed);
}

/** What a browser says of a socket that never opened. */
const UNREACHED = 1_006;
const TICKET_WITHIN_MS = 3_000;

function connect(url: string, on: SocketEvents): FeedSocket {
  let socket: WebSocket | undefined;
  let isWanted = true;
  void ticketQuery().then((query) => {
    if (!isWanted) return;
    if (query === undefined) return on.close(UNREACHED);
    socket = new WebSocket(`${url}${query}`);
    socket.onopen = () => on.open();
    socket.onmessage = (event) => on.message(String(event.data));
    socket.onclose = (event) => on.close(event.code);
  });
  return {
    send: (text) => socket?.send(text),
    close() {
      isWanted = false;
      socket?.close();
    },
  };
}

/**
 * A ticket that works once ties the socket to the session; a cookie alone would let any page of this
 * browser open one. Who is not signed in connects without; a desk that is out of reach gives no reason to think that.
 *
 * @returns undefined when nobody answered
 */
async function ticketQuery(): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'application/json', 'x-ballast': '1' };
    const signal = AbortSignal.timeout(TICKET_WITHIN_MS);
    const response = await fetch('/api/v1/stream/ticket', { method: 'POST', headers, body: '{}', signal });
    if (response.status >= 500) return undefined;
    if (!response.ok) return '';
    const { ticket } = (await response.json()) as { ticket: string };
    return `?ticket=${ticket}`;
  } catch {
    return undefined;
  }
}
