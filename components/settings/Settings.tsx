'use client';

import type { ReactNode } from 'react';
import { useZoneText } from '../../lib/hooks/timeZone.ts';
import { resetSettings } from '../../lib/settings/settingsStore.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Pane } from '../ui/Pane.tsx';
import { AppearanceChoices } from './AppearanceChoices.tsx';
import { Custody } from './custody/Custody.tsx';
import { GuardFields } from './GuardFields.tsx';
import { KeyEditor } from './KeyEditor.tsx';
import { LadderSettings } from './LadderSettings.tsx';
import { Sessions } from './Sessions.tsx';
import styles from './Settings.module.css';
import { SoundChoices } from './SoundChoices.tsx';
import { TimeChoices } from './TimeChoices.tsx';
import { TradingKeys } from './tradingKeys/TradingKeys.tsx';

/** What a person sets for this browser. Every change holds at once, on every open page. */
export function Settings() {
  // Their times are written anew when another zone is chosen above them.
  const zone = useZoneText();
  return (
    <Pane
      title="Settings"
      aside={<span>kept in this browser, for everyone who uses it</span>}
      actions={
        <Button tone="quiet" onClick={resetSettings}>
          Reset all but keys
        </Button>
      }
    >
      <div className={styles.page}>
        <Section id="appearance" title="Appearance">
          <AppearanceChoices />
          <p className={styles.note}>
            Until one is chosen, the theme is the system's. More contrast and less motion follow the system
            always. Up and down also differ by sign, arrow and side.
          </p>
        </Section>
        <Section id="times" title="Times">
          <TimeChoices />
        </Section>
        <Section id="sounds" title="Sounds">
          <SoundChoices />
        </Section>
        <Section id="sizes" title="Ladder and ticket">
          <LadderSettings />
        </Section>
        <Section id="guards" title="Guards">
          <GuardFields />
        </Section>
        <Section id="keys" title="Keys">
          <KeyEditor />
        </Section>
        <Section id="trading-keys" title="Trading keys" isWide>
          <TradingKeys key={zone} />
        </Section>
        <Section id="sessions" title="Sessions">
          <Sessions key={zone} />
        </Section>
        <Section id="custody" title="Custody" isWide>
          <Custody />
        </Section>
      </div>
    </Pane>
  );
}

interface SectionProps {
  id: string;
  title: string;
  /** For a table that needs all the room there is. */
  isWide?: boolean;
  children: ReactNode;
}

function Section({ id, title, isWide = false, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={classes(styles.section, isWide && styles.wide)}
    >
      <h3 id={`${id}-title`}>{title}</h3>
      <div className={styles.controls}>{children}</div>
    </section>
  );
}
