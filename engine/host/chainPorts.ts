import type { ChainPorts } from '../market/recorded/chainCoin.ts';
import { fitSurface } from '../pricing/fitSurface.ts';
import { smileOf } from '../pricing/smile.ts';
import { OptionType } from '../protocol/enums.ts';
import { futureOf, optionOf } from '../sandbox/contracts.ts';

/** What a recorded option chain asks of the desk: its surface fit, and the terms its contracts are listed on. */
export const chainPorts: ChainPorts = {
  fit: (expiries, lastGood) =>
    fitSurface(
      expiries.map(({ forward, years, prices }) => smileOf(forward, years, prices)),
      lastGood,
    ).map(({ slice }) => slice),
  futureOf,
  optionOf: (underlying, expiryMs, strikeUsd, isCall) =>
    optionOf(underlying, expiryMs, strikeUsd, isCall ? OptionType.call : OptionType.put),
};
