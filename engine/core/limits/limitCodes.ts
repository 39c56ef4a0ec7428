import { refusal } from '../../protocol/errors.ts';

/** Refusals by severity, soft first. */
export const limitCodes = [
  {
    instrument: refusal['limit.softInstrument'],
    orderValue: refusal['limit.softOrderValue'],
    orderRate: refusal['limit.softOrderRate'],
    dayLoss: refusal['limit.softDayLoss'],
    leverage: refusal['limit.softLeverage'],
    assetGross: refusal['limit.softAssetGross'],
    assetNet: refusal['limit.softAssetNet'],
    classGross: refusal['limit.softClassGross'],
    classNet: refusal['limit.softClassNet'],
    gross: refusal['limit.softGross'],
    net: refusal['limit.softNet'],
    concentration: refusal['limit.softConcentration'],
  },
  {
    instrument: refusal['limit.instrument'],
    orderValue: refusal['limit.orderValue'],
    orderRate: refusal['limit.orderRate'],
    dayLoss: refusal['limit.dayLoss'],
    leverage: refusal['limit.leverage'],
    assetGross: refusal['limit.assetGross'],
    assetNet: refusal['limit.assetNet'],
    classGross: refusal['limit.classGross'],
    classNet: refusal['limit.classNet'],
    gross: refusal['limit.gross'],
    net: refusal['limit.net'],
    concentration: refusal['limit.concentration'],
  },
] as const;
