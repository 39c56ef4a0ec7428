/** Error codes of trading keys, as in `errors.ts`: one table in several files. */
export const agentErrors = {
  'agent.outOfMarkets': [108, 'This market is not one that the agent key may trade.'],
  'agent.notionalPerHour': [
    109,
    'The agent key has opened orders for as much in this hour as it may. Only orders that reduce pass until the next.',
  ],
  'agent.otherAddress': [110, 'The agent key may not be used from this network address.'],
  'agent.approvalNeeded': [
    111,
    'A key that lives longer than a day and may trade past a soft limit needs others to agree. Ask for it as an action of the firm.',
  ],
  'agent.foreign': [112, 'A key is asked for by whom it orders for. Let its owner’s wallet sign.'],
  'agent.tooMany': [
    113,
    'Twenty keys of yours count already. End one in the list of trading keys, or let one run out.',
  ],
  'agent.tooManyOfLate': [
    114,
    'You had 64 keys within three days. One more can be had when the first of them is three days gone.',
  ],
  'agent.exists': [138, 'This agent key was approved before.'],
} as const satisfies Record<string, readonly [number, string]>;
