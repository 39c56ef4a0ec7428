import type { Names } from '../../api/native/names.ts';
import type { CodeKind, CustodyAddressView, CustodyView } from '../../protocol/views/custody.ts';
import type { FirmView } from '../../protocol/views/firm.ts';
import type { BlockName } from '../../settlement/chain/savedState.ts';
import { ok, type Reply, refuse } from '../http/reply.ts';
import type { Route, RouteRequest } from '../http/routes.ts';
import { limits } from '../limits.ts';

export interface CustodyPorts {
  /** Undefined until orders are accepted. */
  names(): Names | undefined;
  nowMs(): number;
  firm(member: number): Promise<FirmView>;
  /** What addresses are at a final block; undefined while the chain does not answer, or where there is none. */
  codeKinds(
    addresses: readonly string[],
  ): Promise<{ block: BlockName; kinds: readonly CodeKind[] } | undefined>;
  asked(wallet: string): Pick<CustodyAddressView, 'askedMs' | 'isListening'>;
}

/** Who keeps a firm's wallets: contracts, machines that co-sign, and the addresses it pays to. */
export function custodyRoutes(ports: CustodyPorts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/custody',
      lane: 'requests',
      handle: (request) => custody(ports, request),
    },
  ];
}

async function custody(ports: CustodyPorts, { session }: RouteRequest): Promise<Reply> {
  if (session === undefined) return refuse('session.required');
  const names = ports.names();
  if (names === undefined) return refuse('engine.notReady');
  const [member] = names.membersByAddress.get(session.address) ?? [];
  if (member === undefined) return refuse('session.notMember');
  const owners = addressesOf(await ports.firm(member.member));
  const found = await ports.codeKinds(owners.map(({ address }) => address));
  const view: CustodyView = {
    timeMs: ports.nowMs(),
    ...{ chainId: names.view.chainId, vault: names.view.vault },
    block: found?.block ?? null,
    waitMsMax: limits.approvals.waitMsMax,
    addresses: owners.map((each, index) => ({
      ...each,
      code: found?.kinds[index] ?? 'unknown',
      ...ports.asked(each.address),
    })),
  };
  return ok(view);
}

function addressesOf({ members, withdrawals }: FirmView): Pick<CustodyAddressView, 'address' | 'member'>[] {
  const wallets = members.flatMap(({ member, wallets }) => wallets.map((address) => ({ address, member })));
  const known = new Set(wallets.map(({ address }) => address));
  const paid = withdrawals.destinations
    .filter(({ to }) => !known.has(to))
    .map(({ to }) => ({ address: to, member: null }));
  return [...wallets, ...paid];
}
