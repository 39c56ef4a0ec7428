import { Feed, type FeedSocket, type SocketEvents } from './feed.ts';
import type { ToFeed } from './messages.ts';

/** The worker around the feed: the real socket, clock and port. Parsing and merging stay off the page's thread. */
const feed = new Feed({
  nowMs: () => performance.timeOrigin + performance.now(),
  after: (delayMs, run) => setTimeout(run, delayMs),
  every: (intervalMs, run) => setInterval(run, intervalMs),
  random: () => Math.random(),
  connect,
  post: (message) => self.postMessage(message),
});

self.onmessage = (event: MessageEvent<ToFeed>) => feed.receive(event.data);

function connect(url: string, on: SocketEvents): FeedSocket {
  let socket: WebSocket | undefined;
  let isWanted = true;
  void ticketQuery().then((query) => {
    if (!isWanted) return;
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
 * browser open one. Who is not signed in, or meets a desk that is down, connects without.
 */
async function ticketQuery(): Promise<string> {
  try {
    const headers = { 'content-type': 'application/json', 'x-ballast': '1' };
    const response = await fetch('/api/v1/stream/ticket', { method: 'POST', headers, body: '{}' });
    if (!response.ok) return '';
    const { ticket } = (await response.json()) as { ticket: string };
    return `?ticket=${ticket}`;
  } catch {
    return '';
  }
}
