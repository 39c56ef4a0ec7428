import { type PointerEvent, useRef, useState } from 'react';
import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { type PriceSpace, ticksAt, yOf } from '../../../charts/priceSpace.ts';
import type { ChartHands } from './chartHands.ts';
import type { ChartLine } from './chartLines.ts';
import type { EffectWords } from './dragEffect.ts';
import { EntryExits } from './EntryExits.tsx';
import { Pill } from './Pill.tsx';
import styles from './Pills.module.css';
import { beyondOf, fannedPlaces, type PillGroup, type PillPlace } from './pillGroups.ts';
import { SharedPill } from './SharedPill.tsx';
import type { LineDrag } from './useLineDrag.ts';
import { usePillKeys } from './usePillKeys.ts';
import { usePointerOver, useStillGroups } from './useStillGroups.ts';

/** Height of what stands under a pill, with the pill's own half. */
const EFFECT_PX = 56;

export interface ChartPillsProps {
  market: MarketView;
  space: PriceSpace;
  /** As they are drawn: the one in the hand at its new price. */
  lines: readonly ChartLine[];
  drag: LineDrag;
  effect: EffectWords | undefined;
  formatTicks: (ticks: number) => string;
  /** Undefined when nothing can be changed from here. */
  hands: ChartHands | undefined;
  onHold: (isHeld: boolean) => void;
  /** The menu of a price, asked for by key. */
  onMenu: (ticks: number | undefined) => void;
}

/** Every line's pill over the plot: what stands at a price, and the hand that moves it. */
export function ChartPills(props: ChartPillsProps) {
  const { market, space, lines, effect, formatTicks, hands, onHold, onMenu } = props;
  const { drag, dispatch } = props.drag;
  const box = useRef<HTMLDivElement>(null);
  const { over, setOver } = usePointerOver(box, onHold);
  const [focused, setFocused] = useState<string>();
  const carriedKey = drag.tag === 'none' ? undefined : drag.key;
  const isStill = over !== undefined || focused !== undefined || drag.tag === 'carried';
  const groups = useStillGroups(lines, space, isStill, carriedKey);
  const keys = usePillKeys({ box, lines, drag, dispatch, ticksMax: market.priceTicksMax, onMenu, hands });
  const grip = useGrip(space, lines, props.drag);
  const isOpen = ({ key, lines: members }: PillGroup) =>
    over === key || members.some((line) => line.key === focused);

  const pillOf = (line: ChartLine, place: PillPlace, group: PillGroup, isFolded: boolean) => {
    const isCarried = drag.tag === 'carried' && drag.key === line.key;
    const { subject } = line;
    const canRemove = hands !== undefined && (line.canMove || subject.is === 'level');
    return (
      <Pill
        key={line.key}
        line={line}
        place={place}
        isFolded={isFolded}
        isCurrent={keys.currentKey === line.key}
        way={
          drag.tag !== 'none' && drag.key === line.key
            ? `${formatTicks(drag.fromTicks)} → ${formatTicks(drag.toTicks)}`
            : undefined
        }
        effect={isCarried ? effect : undefined}
        effectAt={subject.is !== 'leg' ? 'inside' : place.y > space.height - EFFECT_PX ? 'over' : 'under'}
        isCarried={isCarried}
        onGrip={grip(line)}
        onRemove={canRemove ? () => hands.remove(line) : undefined}
        onFocus={() => {
          setFocused(line.key);
          keys.setCurrent(line.key);
        }}
        onPointerEnter={() => setOver(group.key)}
      >
        {subject.is === 'entry' && hands !== undefined && (
          <EntryExits
            market={market}
            isCurrent={keys.currentKey === line.key}
            onExit={(how) => hands.exit(subject.position, how)}
          />
        )}
      </Pill>
    );
  };
  const pills = groups.flatMap((group) => {
    const isFanned = group.lines.length > 1 && isOpen(group);
    const places = isFanned
      ? fannedPlaces(group, space)
      : group.lines.map((line) => ({ x: 0, y: group.y, beyond: beyondOf(line, space) }));
    const isFolded = group.lines.length > 1 && !isFanned;
    return group.lines.map((line, index) => ({
      key: line.key,
      pill: pillOf(line, places[index]!, group, isFolded),
    }));
  });
  return (
    <div
      ref={box}
      role="toolbar"
      aria-label="Lines on the chart"
      aria-orientation="vertical"
      className={styles.pills}
      style={{ width: space.width, height: space.height }}
      onKeyDown={keys.onKeyDown}
      onBlur={(event) => {
        if (box.current?.contains(event.relatedTarget) === true) return;
        setFocused(undefined);
        if (drag.tag === 'carried' && drag.by === 'keys') dispatch({ type: 'putBack' });
      }}
    >
      {groups.map((group) =>
        group.lines.length > 1 ? (
          <SharedPill
            key={group.key}
            group={group}
            space={space}
            isOpen={isOpen(group)}
            onPointerEnter={() => setOver(group.key)}
          />
        ) : null,
      )}
      {/* In an order that no price changes: an element that is moved in the page loses the focus. */}
      {pills.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ pill }) => pill)}
    </div>
  );
}

/** The dots under a pointer: the line keeps its distance to the hand. */
function useGrip(space: PriceSpace, lines: readonly ChartLine[], { drag, dispatch }: LineDrag) {
  const grabbed = useRef({ clientY: 0, lineY: 0 });
  return (line: ChartLine) => ({
    down(event: PointerEvent<HTMLButtonElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const lineY = Math.min(Math.max(yOf(space, line.priceTicks), 0), space.height);
      grabbed.current = { clientY: event.clientY, lineY };
      dispatch({ type: 'pickedUp', line, by: 'pointer' });
    },
    move(event: PointerEvent<HTMLButtonElement>) {
      if (drag.tag !== 'carried' || drag.by !== 'pointer' || drag.key !== line.key) return;
      const moved = event.clientY - grabbed.current.clientY;
      const ticks = moved === 0 ? drag.fromTicks : ticksAt(space, grabbed.current.lineY + moved);
      dispatch({ type: 'movedTo', ticks });
    },
    up() {
      if (drag.tag === 'carried' && drag.by === 'pointer' && lines.some(({ key }) => key === drag.key))
        dispatch({ type: 'dropped' });
    },
    lost() {
      if (drag.tag === 'carried' && drag.by === 'pointer' && drag.key === line.key)
        dispatch({ type: 'putBack' });
    },
  });
}
