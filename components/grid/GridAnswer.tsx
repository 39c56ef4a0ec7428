import { type RefObject, useContext, useEffect, useRef, useState } from 'react';
import type { CellReason } from '../../lib/reasons/reason.ts';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import popover from '../ui/Popover.module.css';
import { putBeside } from '../ui/Popover.tsx';
import { Answer, WhySource } from '../ui/Why.tsx';
import { ASKED } from './ask.tsx';
import { rowOf } from './gridRow.ts';
import type { GridModel } from './useGrid.ts';

/** Whose number was asked about: it goes on being answered while its row changes. */
interface Asked {
  key: string;
  column: string;
}

interface GridAnswerProps<R extends object> {
  model: GridModel<R>;
  table: RefObject<HTMLTableElement | null>;
}

/** One panel and one listener a kind for all numbers of a grid, however many rows and columns there are. */
export function GridAnswer<R extends object>({ model, table }: GridAnswerProps<R>) {
  const panel = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<Asked>();
  const [said, say] = useState('');
  const source = useContext(WhySource);
  const reason = asked && reasonOf(model, asked);
  const latest = useRef(model);
  latest.current = model;
  const isGone = asked !== undefined && reason === undefined;
  useEffect(() => {
    if (isGone) panel.current?.hidePopover();
  }, [isGone]);
  useAsking(table, panel, (next) => {
    setAsked(next);
    const answer = reasonOf(latest.current, next);
    say(answer === undefined ? '' : wordsOf(answer));
    return answer !== undefined;
  });
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a popover in every browser. */}
      <div
        ref={panel}
        popover="auto"
        role="group"
        aria-label={reason && `Why ${reason.name}`}
        className={popover.panel}
        onToggle={(event) => {
          if (event.newState === 'open') return;
          setAsked(undefined);
          say('');
        }}
      >
        {reason && <Answer name={reason.name} reason={reason} source={reason.source ?? source} />}
      </div>
      <LiveRegion words={said} />
    </>
  );
}

/** @param tell says what is asked; false where there is no answer */
function useAsking(
  table: RefObject<HTMLTableElement | null>,
  panel: RefObject<HTMLDivElement | null>,
  tell: (asked: Asked) => boolean,
): void {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    const grid = table.current;
    const answer = panel.current;
    if (grid === null || answer === null) return;
    const open = (number: HTMLElement) => {
      const asked = askedAt(number);
      if (asked === undefined || !latest.current(asked)) return;
      putBeside(answer.style, number.getBoundingClientRect());
      answer.showPopover();
      shown = number;
    };
    let shown: HTMLElement | undefined;
    let closing: HTMLElement | undefined;
    const toggle = (number: HTMLElement) => {
      const wasShown = answer.matches(':popover-open') && shown === number;
      if (answer.matches(':popover-open')) answer.hidePopover();
      if (!wasShown) open(number);
    };
    // A press on the number that is answered closes it as any press outside does: it must not open again.
    const onPointerDown = () => {
      closing = answer.matches(':popover-open') ? shown : undefined;
    };
    const onClick = ({ target, detail }: MouseEvent) => {
      const number = numberAt(target);
      if (number === undefined || (detail > 0 && closing === number)) return;
      toggle(number);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const number = event.key === '?' ? numberAt(event.target) : undefined;
      if (number === undefined) return;
      // Elsewhere the same key may mean something else.
      event.preventDefault();
      toggle(number);
    };
    grid.addEventListener('pointerdown', onPointerDown);
    grid.addEventListener('click', onClick);
    grid.addEventListener('keydown', onKeyDown);
    return () => {
      grid.removeEventListener('pointerdown', onPointerDown);
      grid.removeEventListener('click', onClick);
      grid.removeEventListener('keydown', onKeyDown);
    };
  }, [table, panel]);
}

function numberAt(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(ASKED) ?? undefined) : undefined;
}

function askedAt(number: HTMLElement): Asked | undefined {
  const key = number.closest<HTMLElement>('tr[data-key]')?.dataset.key;
  const column = number.closest('td')?.dataset.column;
  return key === undefined || column === undefined ? undefined : { key, column };
}

function reasonOf<R extends object>(model: GridModel<R>, { key, column }: Asked): CellReason | undefined {
  const row = rowOf(model, key);
  return row && model.visible.find(({ id }) => id === column)?.why?.(row);
}

/** The panel is not read out by opening: who hears the page is told the answer as it was asked for. */
function wordsOf({ name, formula, inputs }: CellReason): string {
  return [`${name}: ${formula}`, ...inputs.map(([input, text]) => `${input} ${text}`)].join('; ');
}
