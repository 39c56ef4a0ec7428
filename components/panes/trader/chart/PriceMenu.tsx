import { useArming } from '../../../../lib/hooks/arming.ts';
import { useClickSizes } from '../../../../lib/hooks/clickSizes.ts';
import { runAction } from '../../../../lib/keys/dispatch.ts';
import { positionOf } from './Chart.state.ts';
import type { ChartPictureProps } from './chartViewProps.ts';
import { PlaceMenu } from './PlaceMenu.tsx';
import type { PlaceChoice } from './place.ts';
import type { AskedPrice } from './usePriceMenu.ts';

interface PriceMenuProps
  extends Pick<ChartPictureProps, 'market' | 'hands' | 'mayTrade' | 'positions' | 'markTicks'> {
  asked: AskedPrice;
  onClose: () => void;
}

/** The menu of a price, which sends while armed and writes into the ticket while safe. */
export function PriceMenu({ market, hands, mayTrade, positions, markTicks, asked, onClose }: PriceMenuProps) {
  const { isArmed } = useArming();
  const sizes = useClickSizes(market, markTicks);
  const size = sizes?.first ?? '';
  const armedSize = isArmed && size !== '' ? size : undefined;
  const place = (choice: PlaceChoice) => {
    if (hands?.place(choice, armedSize) === true) runAction('ticket.size');
  };
  return (
    <PlaceMenu
      key={`${asked.ticks}/${asked.at.x}/${asked.at.y}`}
      market={market}
      at={asked.at}
      ticks={asked.ticks}
      markTicks={markTicks}
      heldLots={positionOf(positions, market.instrument)?.lots ?? 0}
      armedSize={armedSize}
      onPlace={mayTrade ? place : undefined}
      onLevel={(ticks) => hands?.addLevel(ticks)}
      onClose={onClose}
    />
  );
}
