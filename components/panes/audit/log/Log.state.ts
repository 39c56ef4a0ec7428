import { actionNumbers } from '../../../../engine/protocol/commands/actionNumbers.ts';
import type { GridLayout } from '../../../../lib/gridLayout.ts';
import type { Audit } from '../../../../lib/hooks/audit.ts';
import type { History } from '../../../../lib/hooks/history.ts';

export const logLayout: GridLayout = {
  order: [],
  hidden: [],
  sort: [{ id: 'seq', isDescending: true }],
  groupBy: '',
};

const choice = (value: string, label = value) => ({ value, label });

/** Commands first, then what is asked for by them. The desk looks for the word anywhere in the action. */
export const actionChoices = [
  ...[
    'Propose',
    'Decide',
    'End',
    'PlaceOrder',
    'Cancel',
    'ApproveAgent',
    'ExportAudit',
    'SignIn',
    'SignInsRefused',
    'SignOut',
    'EndSession',
  ].map((each) => choice(each)),
  choice('/api/', 'at the door'),
  ...Object.keys(actionNumbers)
    .sort()
    .map((each) => choice(each)),
];

export const resultChoices = [
  choice('refused'),
  ...[
    'applied',
    'waiting',
    'approved',
    'agreed',
    'vetoed',
    'withdrawn',
    'expired',
    'policyChanged',
    'failed',
  ].map((each) => choice(each)),
];

/** The log as a grid of history knows it. */
export function historyOf({
  records,
  beforeSeq,
  error,
  loadOlder,
}: Audit): Pick<History<never>, 'state' | 'error' | 'loadOlder'> {
  const isAsking = beforeSeq === undefined && error === undefined;
  const state = isAsking
    ? 'asking'
    : error !== undefined && records.length === 0
      ? 'failed'
      : beforeSeq === null
        ? 'complete'
        : 'more';
  return { state, error, loadOlder };
}
