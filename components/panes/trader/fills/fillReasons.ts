import { formatPrice, formatSignedUsd, formatSize, formatUsd } from '../../../../lib/format.ts';
import { sourceText } from '../../../../lib/reasons/margin.ts';
import type { CellReason } from '../../../../lib/reasons/reason.ts';
import { type FillRow, notionalUsd } from './Fills.state.ts';

type FillNumber = 'size' | 'price' | 'notional' | 'fee' | 'realized' | 'liquidity';

const BP = 10_000;

/** Why each number of a fill is what it is: the engine's own, at the sequence of the command that traded. */
export function fillReason(id: FillNumber, row: FillRow): CellReason {
  const { fill, market } = row;
  const source = sourceText(fill.seq, fill.timeMs);
  return { name: `${names[id]} of order ${fill.orderId} in ${market.name}`, source, ...partsOf(id, row) };
}

const names: Record<FillNumber, string> = {
  size: 'quantity',
  price: 'price',
  notional: 'notional',
  fee: 'fee',
  realized: 'realized',
  liquidity: 'liquidity',
};

function partsOf(id: FillNumber, row: FillRow): Pick<CellReason, 'formula' | 'inputs'> {
  const { fill, market } = row;
  const size = ['quantity', `${formatSize(fill.lots, market)} ${market.underlying}`] as const;
  const price = ['price', formatPrice(fill.priceTicks, market)] as const;
  const notional = ['notional', formatUsd(notionalUsd(row), 2)] as const;
  const trade = ['trade', String(fill.tradeId)] as const;
  const whose = fill.isMaker ? 'maker: it rested' : 'taker: it came';
  switch (id) {
    case 'size':
      return { formula: 'the smaller of what the two orders that met had open', inputs: [size, trade] };
    case 'price':
      return {
        formula: 'the limit of the order that rested, which is the better one for who came',
        inputs: [price, ['this order', whose], trade],
      };
    case 'notional':
      return { formula: 'quantity × price', inputs: [size, price, notional] };
    case 'fee':
      return {
        formula: `notional × the ${fill.isMaker ? 'maker' : 'taker'} rate of the firm’s tier at that moment, rounded up; negative is a rebate`,
        inputs: [
          notional,
          ['rate', rateText(fill.feeUsd, notionalUsd(row))],
          ['fee', formatSignedUsd(fill.feeUsd, 2)],
        ],
      };
    case 'realized':
      return {
        formula:
          '(price − average of the position) × what of it this closed, of a short the other way round; 0 where it only opened; the fee is apart',
        inputs: [price, size, ['realized', formatSignedUsd(fill.realizedPnlUsd, 2)]],
      };
    case 'liquidity':
      return {
        formula: 'the order that rested is the maker, the one that came and met it the taker',
        inputs: [['this order', whose], trade],
      };
  }
}

function rateText(feeUsd: number, ofUsd: number): string {
  return ofUsd === 0 ? '–' : `${((feeUsd / ofUsd) * BP).toFixed(2).replace('-', '−')} bp`;
}
