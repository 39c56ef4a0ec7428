import type { DeriveExpiry } from '../../../venues/derive/expiry.ts';
import {
  type Parameters1,
  type Portfolio1,
  SCENARIOS_1,
  type Scenario1,
  type VolatilityMove,
} from '../../../venues/derive/portfolioMargin1.ts';
import { type Inputs, MalformedVector } from '../inputs.ts';

const MOVES: Readonly<Record<string, VolatilityMove>> = { Up: 'up', None: 'none', Down: 'down' };

export function readPortfolio1(fields: Inputs): Portfolio1 {
  return {
    cash: fields.number('cash'),
    stablePrice: fields.positive('stable'),
    spotPrice: fields.positive('spot'),
    spotConfidence: fields.number('spotConf'),
    base: fields.number('base'),
    perpetualSize: fields.number('perp'),
    perpetualPrice: fields.number('perpPrice'),
    perpetualConfidence: fields.number('perpConf'),
    perpetualValue: fields.number('perpValue'),
    expiries: fields.list('exps').map(readExpiry),
  };
}

function readExpiry(fields: Inputs): DeriveExpiry {
  return {
    secondsToExpiry: fields.number('sec'),
    forwardVariable: fields.number('fvar'),
    forwardFixed: fields.number('ffix'),
    rate: fields.number('rate'),
    confidence: fields.number('conf'),
    options: fields.list('opts').map((option) => ({
      strike: option.number('K'),
      isCall: option.flag('call'),
      size: option.number('amt'),
      volatility: option.number('vol'),
    })),
  };
}

export function readParameters1(fields: Inputs): Parameters1 {
  return {
    basis: {
      spotUp: fields.number('scUp'),
      spotDown: fields.number('scDn'),
      addFactor: fields.number('bAdd'),
      multiplyFactor: fields.number('bMult'),
    },
    shock: {
      rangeUp: fields.number('vUp'),
      rangeDown: fields.number('vDn'),
      shortTermPower: fields.number('stp'),
      longTermPower: fields.number('ltp'),
      floorSeconds: fields.number('dteFloor'),
    },
    initialFactor: fields.number('imFac'),
    staticDiscount: fields.number('sdBase'),
    rateMultiply: fields.number('rMult'),
    rateAdd: fields.number('rAdd'),
    pegThreshold: fields.number('pegThr'),
    pegLossFactor: fields.number('pegFac'),
    confidenceThreshold: fields.number('confThr'),
    confidenceMargin: fields.number('confMargin'),
    basePercent: fields.number('basePct'),
    perpetualPercent: fields.number('perpPct'),
    optionPercent: fields.number('optPct'),
  };
}

/** Rows of spot factor and volatility move, or a word that says it is the published grid. */
export function readScenarios1(inputs: Inputs): readonly Scenario1[] {
  if (!inputs.has('scenarios') || inputs.isText('scenarios')) return SCENARIOS_1;
  return inputs.rows('scenarios').map(([spotShock, word]) => {
    const volatility = typeof word === 'string' ? MOVES[word] : undefined;
    if (typeof spotShock !== 'number' || volatility === undefined) {
      throw new MalformedVector('inputs.scenarios needs rows of a factor and Up, None or Down');
    }
    return { spotShock, volatility };
  });
}
