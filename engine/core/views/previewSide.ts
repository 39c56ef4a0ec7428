import type { PreviewSideView } from '../../protocol/views/preview.ts';
import type { Engine } from '../engine.ts';
import { requirementOf } from '../margin/requirement.ts';
import { distanceSigmasOf } from './distanceMemo.ts';

/** The account's margin in the few numbers a ticket shows before and after. */
export function previewSideOf(engine: Engine, account: number, positionLots: number): PreviewSideView {
  const parameters = engine.risk.parameters();
  const portfolio = engine.risk.portfolioOf(account);
  const { equityUsd, initialUsd, maintenanceUsd, freeUsd, ratioPpm } = requirementOf(parameters, portfolio);
  return {
    equityUsd,
    initialUsd,
    maintenanceUsd,
    freeUsd,
    ratioPpm,
    positionLots,
    distanceSigmas: distanceSigmasOf(parameters, portfolio),
  };
}
