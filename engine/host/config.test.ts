import { expect, test } from 'vitest';
import { describeConfig, readConfig } from './config.ts';

test('nothing set means a generated market at default pace on loopback', () => {
  const config = readConfig([], {});
  expect(config).toMatchObject({ port: 3_000, host: '127.0.0.1', dataDir: '.ballast', hasPages: true });
  expect(describeConfig(config)).toBe(
    'market generated, pace default, seed 1, chain embedded, signers processes, data folder .ballast, build dev',
  );
});

test('flags and environment are read', () => {
  const config = readConfig(['--market', 'recorded:/data/l2', '--pace=paused', '--seed', '7'], {
    PORT: '0',
    BALLAST_DATA: 'elsewhere',
    BALLAST_PAGES: 'off',
    BALLAST_CHAIN: 'off',
    BALLAST_SIGNERS: 'inside',
    BALLAST_SECOND_RPC: 'https://node.example/v2/key',
  });
  expect(config.secondRpc).toBe('https://node.example/v2/key');
  expect(describeConfig(config)).toContain('chain off, second node node.example, signers inside');
  expect(config).toMatchObject({
    port: 0,
    market: { kind: 'recorded', path: '/data/l2' },
    pace: 'paused',
    seed: 7,
    hasPages: false,
    chain: { kind: 'off' },
    signers: 'inside',
    dataDir: 'elsewhere',
  });
});

test.each([
  [['--market', 'live:binance'], {}, /not connected yet/],
  [['--market', 'recorded:'], {}, /not known/],
  [['--pace', 'fast'], {}, /not known/],
  [['--seed', '-1'], {}, /--market generated/],
  [['--sed', '1'], {}, /--seed <number>/],
  [[], { PORT: '70000' }, /PORT=70000/],
  [[], { PORT: '3e3' }, /PORT=3e3/],
  [[], { BALLAST_CHAIN: 'mainnet' }, /BALLAST_CHAIN=mainnet is not known. Use embedded or off/],
  [[], { BALLAST_CHAIN: 'https://node.example/v2/key' }, /^BALLAST_CHAIN is an address: .* keys are public/],
  [[], { BALLAST_CHAIN: 'ws://127.0.0.1:8545' }, /only the chain it starts itself/],
  [[], { BALLAST_SECOND_RPC: 'node.example' }, /BALLAST_SECOND_RPC is no address/],
  [[], { BALLAST_SIGNERS: 'none' }, /Use processes or inside/],
  [[], { HOST: '0.0.0.0' }, /loopback only/],
] as const)('%j with %j is refused with a way out', (argv, env, sentence) => {
  expect(() => readConfig(argv, env)).toThrow(sentence);
});
