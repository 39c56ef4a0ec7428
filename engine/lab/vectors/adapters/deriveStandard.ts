import type {
  StandardExpiry,
  StandardMarket,
  StandardParameters,
  StandardPortfolio,
} from '../../../venues/derive/standardMargin.ts';
import type { Inputs } from '../inputs.ts';

export function readStandardPortfolio(fields: Inputs): StandardPortfolio {
  const markets = fields.group('markets');
  return {
    cash: fields.number('cash'),
    stablePrice: fields.positive('stable'),
    markets: markets.names().map((name) => readMarket(markets.group(name))),
  };
}

function readMarket(fields: Inputs): StandardMarket {
  const perpetual = fields.group('perp');
  return {
    spot: fields.positive('spot'),
    spotConfidence: fields.number('spotConf'),
    base: fields.number('base'),
    perpetualSize: perpetual.number('pos'),
    perpetualPrice: perpetual.number('price'),
    perpetualConfidence: perpetual.number('conf'),
    unrealizedUsd: perpetual.number('pnl'),
    expiries: readExpiries(fields.list('options')),
  };
}

/** Options of an expiry share its forward; its confidences are the lowest any of them brings. */
function readExpiries(options: Inputs[]): StandardExpiry[] {
  const seconds = [...new Set(options.map((option) => option.number('expiry')))];
  return seconds.map((secondsToExpiry) => {
    const held = options.filter((option) => option.number('expiry') === secondsToExpiry);
    return {
      secondsToExpiry,
      forward: held[0]!.positive('fwd'),
      forwardConfidence: Math.min(...held.map((option) => option.number('fwdConf'))),
      volatilityConfidence: Math.min(...held.map((option) => option.number('volConf'))),
      options: held.map((option) => ({
        isCall: option.flag('isCall'),
        strike: option.number('strike'),
        size: option.number('amt'),
        volatility: option.number('vol'),
      })),
    };
  });
}

export function readStandardParameters(fields: Inputs): StandardParameters {
  return {
    perpetualInitial: fields.number('perpIM'),
    perpetualMaintenance: fields.number('perpMM'),
    baseFactor: fields.number('baseFactor'),
    baseInitialScale: fields.number('baseIMScale'),
    depegThreshold: fields.number('depegThr'),
    depegFactor: fields.number('depegFac'),
    confidenceThreshold: fields.number('ocThr'),
    confidenceFactor: fields.number('ocFac'),
    maxSpot: fields.number('maxSpot'),
    minSpot: fields.number('minSpot'),
    maintenanceCall: fields.number('mmCall'),
    maintenancePut: fields.number('mmPut'),
    maintenancePutValue: fields.number('mmPutMtm'),
    putInitialMultiple: fields.number('mmOffset'),
    unpairedInitial: fields.number('unpIM'),
    unpairedMaintenance: fields.number('unpMM'),
  };
}
