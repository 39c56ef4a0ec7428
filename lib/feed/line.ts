import { backoffMs } from './backoff.ts';
import type { Link } from './messages.ts';

/** A try that got nowhere in this time is given up. */
const OPEN_WITHIN_MS = 4_000;
/** So many beats without a word, the desk's own heartbeats included: the line is dead, whatever the socket says. */
const SILENT_BEATS_MAX = 3;
/** What a browser says of a socket that ended without a word. */
const NO_CLOSE_CODE = 1_006;

export interface LinePorts {
  nowMs(): number;
  after(delayMs: number, run: () => void): void;
  random(): number;
  connect(url: string, on: SocketEvents): FeedSocket;
}

export interface SocketEvents {
  open(): void;
  message(text: string): void;
  close(code: number): void;
}

export interface FeedSocket {
  send(text: string): void;
  close(): void;
}

/** What the line tells whoever speaks over it. */
export interface LineEvents {
  opened(): void;
  said(text: string): void;
  /** @param code why it closed; undefined when we closed it ourselves */
  broke(code: number | undefined): void;
  link(link: Link): void;
}

/** One socket to the desk that comes back by itself, and is left when it only pretends to be open. */
export class Line {
  readonly #ports: LinePorts;
  readonly #on: LineEvents;
  #socket: FeedSocket | undefined;
  #url = '';
  #isUp = false;
  #attempt = 0;
  /** Counts sockets, so that the last words of an old one are not taken for the new one's. */
  #generation = 0;
  /** Beats since the desk last said anything. */
  #silentBeats = 0;

  constructor(ports: LinePorts, on: LineEvents) {
    this.#ports = ports;
    this.#on = on;
  }

  get isOpen(): boolean {
    return this.#isUp;
  }

  /** Opens, or opens anew: a sign-in or sign-out changes who the socket speaks for. */
  open(url: string): void {
    this.stop();
    this.#url = url;
    this.#attempt = 0;
    this.#connect();
  }

  stop(): void {
    this.#leave();
    this.#on.broke(undefined);
    this.#on.link({ state: 'closed' });
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  /** The desk took us in: the next break is a new one. */
  welcomed(): void {
    this.#attempt = 0;
  }

  /** The network is back: no need to wait for the next try. */
  retryNow(): void {
    if (this.#url !== '' && this.#socket === undefined) this.#connect();
  }

  /**
   * To be called again and again, as often as a healthy desk says something at least. Silence is counted in beats and
   * not in time: a worker that slept has its messages waiting behind the first beat.
   *
   * @returns whether the line is open
   */
  beat(): boolean {
    if (!this.#isUp) return false;
    this.#silentBeats++;
    if (this.#silentBeats <= SILENT_BEATS_MAX) return true;
    this.#giveUp();
    return false;
  }

  #connect(): void {
    const generation = ++this.#generation;
    const isCurrent = () => generation === this.#generation;
    this.#attempt++;
    this.#on.link({ state: 'connecting', attempt: this.#attempt });
    this.#socket = this.#ports.connect(this.#url, {
      open: () => isCurrent() && this.#opened(),
      message: (text) => isCurrent() && this.#said(text),
      close: (code) => isCurrent() && this.#closed(code),
    });
    this.#ports.after(OPEN_WITHIN_MS, () => isCurrent() && !this.#isUp && this.#giveUp());
  }

  #opened(): void {
    this.#isUp = true;
    this.#silentBeats = 0;
    this.#on.opened();
  }

  #said(text: string): void {
    this.#silentBeats = 0;
    this.#on.said(text);
  }

  /** Nobody answers: the socket may take minutes to notice, so it is left. */
  #giveUp(): void {
    this.#closed(NO_CLOSE_CODE);
  }

  #closed(code: number): void {
    this.#leave();
    this.#on.broke(code);
    const delayMs = backoffMs(this.#attempt + 1, this.#ports.random());
    this.#on.link({ state: 'waiting', attempt: this.#attempt, retryAtMs: this.#ports.nowMs() + delayMs });
    const generation = this.#generation;
    this.#ports.after(delayMs, () => generation === this.#generation && this.#connect());
  }

  #leave(): void {
    this.#generation++;
    this.#isUp = false;
    this.#socket?.close();
    this.#socket = undefined;
  }
}
