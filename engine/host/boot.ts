import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from './config.ts';
import { Desk } from './desk.ts';
import { createDeskServer } from './deskServer.ts';
import { listen } from './http/httpServer.ts';
import { limits } from './limits.ts';
import { log } from './log.ts';
import { noPages, openPages, type Pages } from './pages.ts';
import { walletVerifier } from './signatures/recoverSigner.ts';

/** A desk that answers on its port. */
export interface RunningDesk {
  readonly desk: Desk;
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Opens the port, then the desk behind it: until orders are accepted, health says 503 and why.
 *
 * @param fatal told when the desk cannot go on
 * @fails with a sentence for the operator
 */
export async function boot(config: Config, fatal: (sentence: string) => void): Promise<RunningDesk> {
  const desk = new Desk(config, fatal);
  const pages = config.hasPages ? openPages(config) : noPages;
  const server = createDeskServer(desk, pages);
  try {
    const port = await listen(server, config.host, config.port);
    log(`wallet signatures are checked by ${walletVerifier}`);
    await desk.start();
    const host = config.host === '::1' ? '[::1]' : config.host;
    return { desk, address: `http://${host}:${port}`, stop: () => stop(desk, server, pages) };
  } catch (error) {
    await Promise.race([stop(desk, server, pages), delay(limits.stopMs)]);
    throw error;
  }
}

async function stop(desk: Desk, server: Server, pages: Pages): Promise<void> {
  server.close();
  await desk.stop();
  server.closeAllConnections();
  await pages.close();
}
