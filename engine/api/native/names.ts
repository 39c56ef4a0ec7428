import type { AgentView, DirectoryView, MemberView } from '../../protocol/views/directory.ts';
import type { AssetView, MarketView } from '../../protocol/views/market.ts';

/** A directory with its names indexed: what turns `BTC-PERP` and a public key into numbers. */
export interface Names {
  readonly view: DirectoryView;
  readonly marketByName: ReadonlyMap<string, MarketView>;
  readonly assetByName: ReadonlyMap<string, AssetView>;
  readonly agentByKey: ReadonlyMap<string, AgentView>;
  /** One address may be a member of several firms. */
  readonly membersByAddress: ReadonlyMap<string, readonly MemberView[]>;
}

export function namesOf(view: DirectoryView): Names {
  return {
    view,
    marketByName: new Map(view.markets.map((market) => [market.name, market])),
    assetByName: new Map(view.assets.map((asset) => [asset.name, asset])),
    agentByKey: new Map(view.agents.map((agent) => [agent.publicKey, agent])),
    membersByAddress: byAddress(view.members),
  };
}

function byAddress(members: readonly MemberView[]): Map<string, MemberView[]> {
  const groups = new Map<string, MemberView[]>();
  for (const member of members) {
    for (const wallet of member.wallets) {
      const group = groups.get(wallet);
      if (group === undefined) groups.set(wallet, [member]);
      else group.push(member);
    }
  }
  return groups;
}
