import { Feed } from './feed.ts';
import type { ToFeed } from './messages.ts';

/** The worker around the feed: the real socket, clock and port. Parsing and merging stay off the page's thread. */
const feed = new Feed({
  nowMs: () => performance.timeOrigin + performance.now(),
  after: (delayMs, run) => setTimeout(run, delayMs),
  every: (intervalMs, run) => setInterval(run, intervalMs),
  random: () => Math.random(),
  connect(url, on) {
    const socket = new WebSocket(url);
    socket.onopen = () => on.open();
    socket.onmessage = (event) => on.message(String(event.data));
    socket.onclose = (event) => on.close(event.code);
    return {
      send: (text) => socket.send(text),
      close: () => socket.close(),
    };
  },
  post: (message) => self.postMessage(message),
});

self.onmessage = (event: MessageEvent<ToFeed>) => feed.receive(event.data);
