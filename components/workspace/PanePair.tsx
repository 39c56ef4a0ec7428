import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { PaneTabs } from '../ui/Pane.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import screen from './Screen.module.css';

export interface PairedPane {
  /** As its own title has it. */
  name: string;
  pane: ReactNode;
  /** Takes the room that is left of its column, on a wide screen. */
  className?: string;
}

export interface PanePairProps {
  label: string;
  panes: readonly [PairedPane, PairedPane];
  className?: string;
}

/** Two panes in the place of one, behind tabs in its head; where there is room, one below the other. */
export function PanePair({ label, panes, className }: PanePairProps) {
  const id = useId();
  const [shown, setShown] = useState('0');
  const places = useRef<(HTMLDivElement | null)[]>([]);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    // The tabs one pressed went away with their pane: the focus goes on in those of the other.
    const tab = places.current[Number(shown)]?.querySelector<HTMLElement>(
      '[role="tab"][aria-selected="true"]',
    );
    tab?.focus();
  }, [shown]);
  return panes.map(({ name, pane, className: own }, at) => (
    <div
      key={name}
      id={`${id}${at}`}
      role="tabpanel"
      aria-label={name}
      ref={(element) => {
        places.current[at] = element;
      }}
      className={String(at) === shown ? className : `${screen.onlyWide} ${own ?? ''}`}
    >
      <PaneTabs
        value={
          <Tabs
            label={label}
            value={shown}
            items={panes.map((each, index) => ({ value: String(index), label: each.name }))}
            onPick={setShown}
            panelId={`${id}${shown}`}
          />
        }
      >
        {pane}
      </PaneTabs>
    </div>
  ));
}
