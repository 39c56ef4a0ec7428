import type { ReactNode } from 'react';
import { errorView } from '../../engine/protocol/errors.ts';
import type { OperationWire } from '../../engine/protocol/wire/commands.ts';
import { feedBlock } from '../../lib/feedBlock.ts';
import { type KillReport, killPlan } from '../../lib/killSwitch.ts';
import { commandText } from '../../lib/signing.ts';
import type { Toast } from '../../lib/stores/toastStore.ts';
import { ReviewFace, type ReviewFaceProps } from '../panes/trader/review/ReviewFace.tsx';
import { StillDialogs } from '../ui/Dialog.tsx';
import { KeySheet } from '../workspace/KeySheet.tsx';
import { KillFace, type KillFaceProps } from '../workspace/KillFace.tsx';
import { ToastLine } from '../workspace/ToastLine.tsx';
import * as still from './fixtures.ts';
import styles from './Gallery.module.css';

const nothing = () => undefined;
const desk = { chainId: 31_337, vault: `0x${'0'.repeat(40)}` };
const account = { firmLabel: 'Macro', label: 'BTC-basis' };

const bid: OperationWire = {
  type: 'PlaceOrder',
  order: {
    account: 1,
    instrument: 'BTC-PERP',
    side: 'buy',
    type: 'limit',
    size: '40',
    price: '63100',
    timeInForce: 'gtc',
    isPostOnly: true,
    takeProfit: { triggerPrice: '64364' },
    stopLoss: { triggerPrice: '62471', price: '62300' },
  },
};
const ask: OperationWire = {
  type: 'PlaceOrder',
  order: {
    account: 1,
    instrument: 'BTC-PERP',
    side: 'sell',
    type: 'market',
    size: '900',
    isReduceOnly: true,
  },
};
const preview = { isAsked: true, preview: still.preview, fault: undefined };
const refusal = errorView('margin.initialInsufficient');

const reviews: {
  title: string;
  asked: OperationWire;
  warnings?: string[];
  face: Partial<ReviewFaceProps>;
}[] = [
  { title: 'Review', asked: bid, face: { preview } },
  {
    title: 'Review, a guard warns',
    asked: ask,
    warnings: ['900 BTC is more than the 250 BTC you warn yourself of.'],
    face: { preview },
  },
  {
    title: 'Review, would be refused',
    asked: bid,
    face: { preview: { ...preview, preview: { ...still.preview, refusal, after: still.preview.before } } },
  },
  {
    title: 'Review, the feed is old',
    asked: bid,
    face: { preview, feed: feedBlock([['feed', still.stale]]) },
  },
];

const report: KillReport = {
  seq: 88_121,
  cancelledCount: 4,
  filledCount: 1,
  partFilledCount: 0,
  unknownCount: 0,
  broken: undefined,
  ordersLeft: [],
  positionsLeft: still.positions.slice(0, 1),
  refusals: [],
  isSeen: true,
};
const killed: { title: string; face: Partial<KillFaceProps> }[] = [
  { title: 'Kill switch', face: {} },
  { title: 'Kill switch, to flatten', face: { choice: 'flatten' } },
  { title: 'Kill switch, done', face: { stage: { stage: 'done', report } } },
  {
    title: 'Kill switch, not from here',
    face: { block: 'This browser has no trading key: approve one to use the kill switch.' },
  },
];

const news: Omit<Toast, 'id' | 'group'>[] = [
  {
    tone: 'good',
    text: 'Order 12 rests.',
    detail: 'seq 88,120, 4 ms',
    actions: [{ label: 'Undo', run: nothing }],
  },
  {
    tone: 'info',
    text: 'Partly filled: bought 0.2000 BTC at 63,100.00.',
    detail: 'Order 12 on BTC-PERP, 0.3000 BTC open.',
    actions: [],
  },
  {
    tone: 'warn',
    text: 'Order 12 partly filled, the rest expired.',
    detail: 'Its time ran out. 0.2000 BTC of 0.5000 BTC was filled.',
    actions: [],
  },
  { tone: 'danger', text: `Refused: ${refusal.code}.`, detail: refusal.message, actions: [] },
];

/** What lies over a page: the last look before a signature, the kill switch, news and the sheet of keys. */
export function OverlayStills() {
  return (
    <StillDialogs value={true}>
      <div className={styles.overlays}>
        {reviews.map(({ title, asked, warnings = [], face }) => (
          <Overlay key={title} title={title}>
            <ReviewFace
              review={{
                title: `Review: ${asked.type === 'PlaceOrder' ? asked.order.side : ''} BTC-PERP`,
                text: commandText(desk, 88_120, [asked]),
                warnings,
                decide: nothing,
              }}
              preview={{ isAsked: true, preview: undefined, fault: undefined }}
              feed={undefined}
              nameOf={() => `${account.firmLabel} / ${account.label}`}
              {...face}
            />
          </Overlay>
        ))}
        {killed.map(({ title, face }) => (
          <Overlay key={title} title={title}>
            <KillFace
              account={account}
              choice="cancel"
              stage={{ stage: 'asking' }}
              plan={killPlan(still.orders, { account: 1, positions: still.positions }, still.markets)}
              block={undefined}
              markets={still.markets}
              onPick={nothing}
              onRun={nothing}
              onClose={nothing}
              {...face}
            />
          </Overlay>
        ))}
        <Overlay title="News">
          <div className={styles.news}>
            {news.map((toast, id) => (
              <ToastLine key={toast.text} toast={{ ...toast, id, group: toast.text }} />
            ))}
          </div>
        </Overlay>
        <Overlay title="Sheet of keys">
          <KeySheet />
        </Overlay>
      </div>
    </StillDialogs>
  );
}

function Overlay({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.overlay}>
      <h3>{title}</h3>
      {children}
    </div>
  );
}
