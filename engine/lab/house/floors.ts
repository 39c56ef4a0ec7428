/**
 * Who may import whom: the stairs of the house as a table.
 *
 * A place is a folder. What a file asks for must lie in its own place or in one of those named, and a package must be
 * named too. The longest matching place counts, so `components/charts` is not `components`.
 */
export interface Floor {
  readonly place: string;
  readonly mayImport: readonly string[];
  readonly packages: readonly string[];
  /** Runs in a page as well, so Node's own modules are not there. */
  readonly isBrowser: boolean;
}

const UNITS = 'engine/units';
const PROTOCOL = 'engine/protocol';
const PRICING = 'engine/pricing';
const CORE = 'engine/core';

/** Rooms of one storey: they know the words, never the rules, never each other. */
const ROOMS = [
  { place: 'engine/journal', packages: [] },
  { place: 'engine/market', packages: [] },
  { place: 'engine/settlement', packages: ['hash-wasm', 'viem'] },
  { place: 'engine/records', packages: ['@electric-sql/pglite', 'drizzle-orm'] },
  { place: 'engine/audit', packages: [] },
  { place: 'engine/api', packages: ['viem', 'ws', 'zod'] },
] as const;

const BESIDE_ROOMS = ['engine/sandbox', 'engine/signer', 'engine/venues'];

const SCREEN_WORDS = ['lib', UNITS, PROTOCOL, 'public'];
const REACT = ['react', 'react-dom', 'viem', 'zustand'];
const ANY_PACKAGE = ['*'];

/** What is proved and measured runs on no desk: the host sees every room but the lab. */
const HOST_SEES = [UNITS, PROTOCOL, PRICING, CORE, ...ROOMS.map(({ place }) => place), ...BESIDE_ROOMS];

export const floors: readonly Floor[] = [
  { place: UNITS, mayImport: [], packages: [], isBrowser: true },
  { place: PROTOCOL, mayImport: [UNITS], packages: ['zod', '@noble/hashes'], isBrowser: true },
  { place: PRICING, mayImport: [UNITS, PROTOCOL], packages: [], isBrowser: true },
  { place: CORE, mayImport: [UNITS, PROTOCOL, PRICING], packages: [], isBrowser: true },
  // Other venues' published rules; they price options as we do, so that a comparison compares rules.
  { place: 'engine/venues', mayImport: [UNITS, PROTOCOL, PRICING], packages: [], isBrowser: true },
  ...ROOMS.map((room) => ({ ...room, mayImport: [UNITS, PROTOCOL], isBrowser: false })),
  // What a desk to try begins with: data in the words of the protocol, and the terms of its vault.
  {
    place: 'engine/sandbox',
    mayImport: [UNITS, PROTOCOL, 'engine/market/participants.ts', 'engine/settlement/vault/terms.ts'],
    packages: ['viem'],
    isBrowser: false,
  },
  // Another machine in all but its place: it has the engine, the journal and how a signed text is read, nothing of the desk.
  {
    place: 'engine/signer',
    mayImport: [UNITS, PROTOCOL, CORE, 'engine/journal', 'engine/settlement', 'engine/api'],
    packages: ['viem'],
    isBrowser: false,
  },
  { place: 'engine/host', mayImport: HOST_SEES, packages: ANY_PACKAGE, isBrowser: false },
  {
    place: 'engine/lab',
    mayImport: ['engine', 'scripts', 'public'],
    packages: ANY_PACKAGE,
    isBrowser: false,
  },
  { place: 'lib', mayImport: [UNITS, PROTOCOL, 'public'], packages: [...REACT, 'zod'], isBrowser: true },
  {
    place: 'components/ui',
    mayImport: ['lib/format.ts', 'lib/reasons/reason.ts', 'lib/keys'],
    packages: ['react', 'react-dom', 'react-aria-components', 'next'],
    isBrowser: true,
  },
  {
    place: 'components/charts',
    mayImport: ['components/ui', ...SCREEN_WORDS],
    packages: [...REACT, 'lightweight-charts'],
    isBrowser: true,
  },
  {
    place: 'components/grid',
    mayImport: ['components/ui', ...SCREEN_WORDS],
    packages: [...REACT, '@tanstack/react-table', '@tanstack/react-virtual'],
    isBrowser: true,
  },
  {
    place: 'components/panes',
    mayImport: ['components/ui', 'components/charts', 'components/grid', ...SCREEN_WORDS],
    packages: [...REACT, 'react-aria-components', 'tinykeys'],
    isBrowser: true,
  },
  {
    place: 'components',
    mayImport: ['components', ...SCREEN_WORDS],
    packages: [...REACT, 'next', 'react-aria-components'],
    isBrowser: true,
  },
  {
    place: 'app',
    mayImport: ['components', ...SCREEN_WORDS],
    packages: [...REACT, 'next'],
    isBrowser: true,
  },
  {
    place: 'e2e',
    mayImport: ['lib', 'scripts', UNITS, PROTOCOL, 'engine/sandbox'],
    packages: ANY_PACKAGE,
    isBrowser: false,
  },
];

/** Files that may reach further, each on purpose. */
export const exceptions: Readonly<Record<string, readonly string[]>> = {
  // A picture needs a busy book and a busy firm before anybody looks: programs act, over the desk's own wire.
  'e2e/pictures/fullBook.ts': ['engine/lab'],
  'e2e/pictures/fullFirm.ts': ['engine/lab'],
  'e2e/pictures/fullVault.ts': ['engine/lab'],
  // The chain goes on without the desk, and exit.js is all there is.
  'e2e/afterDesk.ts': ['engine/lab'],
  // Who leaves with a kit leaves with the one that the page makes.
  'engine/lab/long/exitKits.ts': ['lib/settlement'],
  'engine/lab/kitsOfFolder.ts': ['lib/settlement'],
  // The gauge on the ticket is computed by the function that liquidates.
  'lib/preview.ts': ['engine/core/margin', PRICING],
};

/** What a test may see besides its floor: the lab's generators and twins, what is served as it is, and Node. */
export const testsMayImport = ['engine/lab', 'engine/sandbox', 'public'];

export function floorOf(file: string): Floor | undefined {
  return floors
    .filter(({ place }) => isInside(file, place))
    .sort((a, b) => b.place.length - a.place.length)[0];
}

export function isInside(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

/** `components/panes/trader/ticket/Ticket.tsx` → `components/panes/trader/ticket`: the unit that knows no other. */
export function paneOf(file: string): string | undefined {
  return /^components\/panes\/[^/]+\/[^/]+(?=\/)/.exec(file)?.[0];
}
