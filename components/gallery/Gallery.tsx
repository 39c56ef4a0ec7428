'use client';

import { AppearanceChoices } from '../settings/AppearanceChoices.tsx';
import styles from './Gallery.module.css';
import { OverlayStills } from './OverlayStills.tsx';
import { Parts } from './Parts.tsx';
import { SettlementStills } from './SettlementStills.tsx';
import { StateStills } from './StateStills.tsx';
import { TicketStills } from './TicketStills.tsx';
import { TradeStills } from './TradeStills.tsx';

/** Every pane in every state, from fixtures: where looks are judged and screenshots are taken. */
export function Gallery() {
  return (
    <main className={styles.gallery}>
      <header className={styles.head}>
        <h1>Gallery</h1>
        <AppearanceChoices />
      </header>
      <TradeStills />
      <h2>States</h2>
      <StateStills />
      <TicketStills />
      <h2>Settlement</h2>
      <SettlementStills />
      <h2>Over the page</h2>
      <OverlayStills />
      <h2>Parts</h2>
      <Parts />
    </main>
  );
}
