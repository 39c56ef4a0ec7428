import { parseArgs } from 'node:util';

export type MarketSource =
  | { readonly kind: 'generated' }
  | { readonly kind: 'recorded'; readonly path: string };

/** Where the settlement chain is: our own child process, or nowhere. */
export type ChainSource = { readonly kind: 'embedded' | 'off' };

/** Who signs roots: processes that replay the journal first, or keys inside the desk, for tests of other things. */
export type SignersPlace = 'processes' | 'inside';

export type Pace = 'default' | 'full' | 'paused';

/** Everything that can be set from outside, with its default filled in. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly market: MarketSource;
  readonly chain: ChainSource;
  /** Address of another node of the same chain; undefined where deposits are read from one alone. */
  readonly secondRpc: string | undefined;
  readonly signers: SignersPlace;
  readonly pace: Pace;
  readonly seed: number;
  /** False for tests of the engine alone: no Next, no pages. */
  readonly hasPages: boolean;
  readonly hasRecords: boolean;
  /** Loopback is not throttled unless a test asks for it. */
  readonly isLoopbackLimited: boolean;
  /** Host names, without port, that the desk answers to. */
  readonly hostNames: readonly string[];
  readonly isDevelopment: boolean;
  readonly build: string;
}

/** A setting that cannot be used: the sentence says which and how to write it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const flags = readFlags(argv);
  const host = env.HOST ?? '127.0.0.1';
  if (!LOOPBACK.includes(host)) {
    throw new ConfigError(
      `HOST=${host}: the sandbox's keys are public, so it opens on loopback only (127.0.0.1, localhost or ::1).`,
    );
  }
  return {
    port: readWhole('PORT', env.PORT ?? '3000', 0, 65_535),
    host,
    dataDir: env.BALLAST_DATA ?? '.ballast',
    market: readMarket(flags.market ?? 'generated'),
    chain: readChain(env.BALLAST_CHAIN ?? 'embedded'),
    secondRpc: readSecondRpc(env.BALLAST_SECOND_RPC),
    signers: readSigners(env.BALLAST_SIGNERS ?? 'processes'),
    pace: readPace(flags.pace ?? 'default'),
    seed: readWhole('--seed', flags.seed ?? '1', 0, 0xffff_ffff),
    hasPages: env.BALLAST_PAGES !== 'off',
    hasRecords: env.BALLAST_RECORDS !== 'off',
    isLoopbackLimited: env.BALLAST_LIMITS === 'on',
    hostNames: LOOPBACK,
    isDevelopment: env.NODE_ENV === 'development',
    build: env.BALLAST_BUILD_ID ?? 'dev',
  };
}

/** One line for the operator: what the desk runs with, defaults included. */
export function describeConfig(config: Config): string {
  const market = config.market.kind === 'recorded' ? `recorded:${config.market.path}` : config.market.kind;
  const { pace, seed, chain, secondRpc, signers, dataDir, build } = config;
  // Its path may hold a key.
  const second = secondRpc === undefined ? '' : `, second node ${new URL(secondRpc).host}`;
  return `market ${market}, pace ${pace}, seed ${seed}, chain ${chain.kind}${second}, signers ${signers}, data folder ${dataDir}, build ${build}`;
}

function readFlags(argv: readonly string[]): { market?: string; pace?: string; seed?: string } {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options: { market: text, pace: text, seed: text } });
    return values;
  } catch (error) {
    throw new ConfigError(
      `${(error as Error).message}. Known are --market generated|recorded:<path>, --pace default|full|paused, --seed <number>.`,
    );
  }
}

function readMarket(text: string): MarketSource {
  if (text === 'generated') return { kind: 'generated' };
  if (text.startsWith('recorded:') && text.length > 'recorded:'.length) {
    return { kind: 'recorded', path: text.slice('recorded:'.length) };
  }
  if (text.startsWith('live:')) {
    throw new ConfigError(
      `--market ${text}: live venues are not connected yet. Use generated or recorded:<path>.`,
    );
  }
  throw new ConfigError(`--market ${text} is not known. Use generated or recorded:<path>.`);
}

function readChain(text: string): ChainSource {
  if (text === 'embedded' || text === 'off') return { kind: text };
  // Its path may hold a key, so it is not repeated.
  if (URL.canParse(text))
    throw new ConfigError(
      "BALLAST_CHAIN is an address: the sandbox's keys are public, so it uses only the chain it starts itself. Use embedded or off.",
    );
  throw new ConfigError(`BALLAST_CHAIN=${text} is not known. Use embedded or off.`);
}

function readSecondRpc(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url.href;
  // It may hold a key, so it is not repeated.
  throw new ConfigError('BALLAST_SECOND_RPC is no address of a node: it begins with http:// or https://.');
}

function readSigners(text: string): SignersPlace {
  if (text === 'processes' || text === 'inside') return text;
  throw new ConfigError(`BALLAST_SIGNERS=${text} is not known. Use processes or inside.`);
}

function readPace(text: string): Pace {
  if (text === 'default' || text === 'full' || text === 'paused') return text;
  throw new ConfigError(`--pace ${text} is not known. Use default, full or paused.`);
}

function readWhole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^[0-9]{1,10}$/.test(text) && value >= min && value <= max) return value;
  throw new ConfigError(`${name}=${text} is not a whole number from ${min} to ${max}.`);
}
