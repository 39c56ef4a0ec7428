import type { DirectoryView } from '../protocol/views/directory.ts';

/** Scheme of agents that live in this process. */
const LOCAL = 0;

/**
 * Accounts whose orders and fills somebody looks at one by one. A firm whose members all order through
 * local agents is one of the market's participants: it makes nearly all events, and nobody reads them.
 */
export function peopleAccounts(directory: DirectoryView): Set<number> {
  const localMembers = new Set(
    directory.agents.filter(({ scheme }) => scheme === LOCAL).map(({ member }) => member),
  );
  const peopleFirms = new Set(
    directory.members.filter(({ member }) => !localMembers.has(member)).map(({ firm }) => firm),
  );
  return new Set(
    directory.accounts.filter(({ firm }) => peopleFirms.has(firm)).map(({ account }) => account),
  );
}
