import type { IsolationRuleName } from '../engine/protocol/enums.ts';
import type { IsolationView } from '../engine/protocol/views/market.ts';
import { formatMinute } from './format.ts';

const rules: Record<IsolationRuleName, string> = {
  sources: 'too few price sources are live',
  confidence: 'price sources disagree',
  mark: 'its mark stayed away from the index',
  move: 'its index moved too far within a minute',
};

/** Why a market stands alone, what that means for an order, and when it ends at the earliest. */
export function isolationText(underlying: string, { rule, endsMsMin }: IsolationView): string {
  return `${underlying} stands alone: ${rules[rule]}. Only orders that reduce pass, and gains in it lend nothing, until ${formatMinute(endsMsMin)} or later.`;
}
