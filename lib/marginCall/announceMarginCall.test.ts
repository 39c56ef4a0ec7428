import { afterEach, expect, test } from 'vitest';
import { Role } from '../../engine/protocol/enums.ts';
import type { AccountView, MarginCallView } from '../../engine/protocol/views/account.ts';
import { setSession } from '../stores/sessionStore.ts';
import { dismissToast, toasts } from '../stores/toastStore.ts';
import { announceMarginCall } from './announceMarginCall.ts';

const signIn = (role: string) =>
  setSession({ state: 'signedIn', session: { role, accounts: [] } as never, agent: undefined });
const texts = () => (toasts.latest('all') ?? []).map(({ text, detail }) => `${text} ${detail}`);

const call = {
  call: 3,
  level: 0,
  levelCount: 3,
  roles: [Role.trader],
  taken: null,
} as unknown as MarginCallView;
const view = (marginCall: MarginCallView | null) =>
  ({ label: 'Basis', margin: { ratioPpm: 712_000 }, marginCall }) as unknown as AccountView;

globalThis.localStorage ??= { getItem: () => null } as unknown as Storage;

afterEach(() => {
  for (const { id } of toasts.latest('all') ?? []) dismissToast(id);
});

test('who is called reads it once a level', () => {
  signIn('trader');
  announceMarginCall(view(null), view(call));
  expect(texts()).toEqual(['Margin call: Basis. Maintenance margin is 71.2% of equity: level 1 of 3.']);
  dismissToast(toasts.latest('all')![0]!.id);
  announceMarginCall(view(call), view({ ...call, ratioPpm: 730_000 }));
  announceMarginCall(view({ ...call, level: 1 }), view(call));
  expect(texts()).toEqual([]);
  announceMarginCall(view(call), view({ ...call, level: 1 }));
  expect(texts()).toHaveLength(1);
});

test('nobody else is, and a call that was taken on calls nobody', () => {
  signIn('auditor');
  announceMarginCall(undefined, view(call));
  signIn('trader');
  announceMarginCall(undefined, view({ ...call, taken: { member: 2, label: 'Risk 1', atMs: 1 } }));
  announceMarginCall(view(call), view(null));
  expect(texts()).toEqual([]);
});
