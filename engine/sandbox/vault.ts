import type { AssetPlan, VaultPlan } from '../settlement/vault/terms.ts';
import { listAssets } from './assets.ts';
import { addressOf } from './people.ts';

/** Decimals of the tokens the assets stand for elsewhere; the engine counts eight at most. */
const TOKEN_DECIMALS: Readonly<Record<string, number>> = { USDC: 6, BTC: 8, ETH: 18, WBTC: 8, WSTETH: 18 };

/** Whole units that may leave in a day: of all together, and of one subaccount. */
const CAPS: Readonly<Record<string, readonly [number, number]>> = {
  USDC: [100_000_000, 5_000_000],
  BTC: [500, 50],
  ETH: [10_000, 1_000],
  WBTC: [200, 20],
  WSTETH: [4_000, 400],
};
const DAY_S = 86_400;

/**
 * The sandbox's vault: terms short enough to watch. A freeze for want of a root has no way back, so the desk posts
 * one often enough; the longest pause is as long as that silence, because the vault asks for more than half of it.
 * A lag of two minutes: a signed root that is lost bars its epoch for lag and lead, which must leave room for others within
 * that silence (decision 099), and a sandbox's roots are on the chain seconds after they are cut.
 */
export const sandboxVault: VaultPlan = {
  hot: ['first root signer', 'second root signer', 'third root signer'].map((role) =>
    addressOf(role as 'first root signer'),
  ),
  threshold: 2,
  guardians: [addressOf('risk'), addressOf('second risk')],
  governorDelayS: 7 * DAY_S,
  proposer: addressOf('admin'),
  assets: listAssets().map(({ name, decimals }) => assetPlan(name, decimals)),
  terms: {
    dispute: 3,
    rootTimeout: 600,
    forcedGrace: 120,
    whitelistDelay: 5,
    reclaimDelay: 60,
    maxPause: 600,
    lag: 120,
    lead: 60,
  },
};

function assetPlan(name: string, decimals: number): AssetPlan {
  const [ofAll, ofEach] = CAPS[name]!;
  const unit = 10 ** decimals;
  return {
    name,
    decimals,
    tokenDecimals: TOKEN_DECIMALS[name]!,
    // A dollar, or a hundred-thousandth of a coin.
    minimum: name === 'USDC' ? unit : unit / 100_000,
    windowS: DAY_S,
    capOfAll: ofAll * unit,
    capOfEach: ofEach * unit,
  };
}
