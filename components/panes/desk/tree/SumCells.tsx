import type { AccountRiskView, LimitUseView } from '../../../../engine/protocol/views/firmRisk.ts';
import { limitName, limitState, limitTone, softMark, usedText } from '../../../../lib/firm/limitWords.ts';
import { usedPpm } from '../../../../lib/firm/tree.ts';
import {
  formatDistance,
  formatMove,
  formatRatio,
  formatSignedUsd,
  formatUsd,
} from '../../../../lib/format.ts';
import { distanceLevel, RATIO_WARN_PPM, ratioLevel } from '../../../../lib/riskLevel.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { Num } from '../../../ui/Num.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';
import { UseBar } from '../../../ui/UseBar.tsx';
import styles from './Tree.module.css';
import type { TreeLine } from './Tree.state.ts';
import type { Waiting } from './waiting.ts';

const PPM = 1_000_000;

/** A place or a pot in its sums. */
export function SumCells({
  line,
  waiting,
}: {
  line: Extract<TreeLine, { kind: 'branch' | 'pot' }>;
  waiting: Waiting;
}) {
  const { equityUsd, dayPnlUsd, unrealizedPnlUsd, ratioPpm, freeUsd, nearest } = line.sums;
  const isGroup = line.kind === 'branch' && line.branch.node.account === null;
  const level = ratioLevel(ratioPpm);
  return (
    <>
      <td>
        <data value={equityUsd}>
          <Num text={formatUsd(equityUsd, 2)} isStrong={isGroup} />
        </data>
      </td>
      <td>
        <data value={dayPnlUsd ?? ''}>
          <Num text={dayPnlUsd === null ? undefined : formatSignedUsd(dayPnlUsd)} isSigned />
        </data>
      </td>
      <td>
        <data value={unrealizedPnlUsd}>
          <Num text={formatSignedUsd(unrealizedPnlUsd)} isSigned />
        </data>
      </td>
      <td className={styles.bar}>
        <span className={styles[level]}>{formatRatio(ratioPpm)}</span>
        <UseBar
          share={ratioPpm < 0 ? 1 : ratioPpm / PPM}
          tone={level === 'safe' ? 'plain' : level}
          marks={[RATIO_WARN_PPM / PPM]}
        />
      </td>
      <DistanceCells nearest={nearest} isGroup={isGroup} />
      <td>
        <data value={freeUsd}>
          <span className={freeUsd < 0 ? styles.danger : undefined}>{formatUsd(freeUsd)}</span>
        </data>
      </td>
      <LimitCell use={line.kind === 'branch' ? line.branch.limit : undefined} />
      <td className={styles.flag}>
        <Flags line={line} waiting={waiting} />
      </td>
    </>
  );
}

/** An aggregate shows the nearest of its accounts, and names it. */
function DistanceCells({ nearest, isGroup }: { nearest: AccountRiskView | undefined; isGroup: boolean }) {
  if (nearest === undefined)
    return (
      <>
        <td>
          <Num text={undefined} />
        </td>
        <td />
      </>
    );
  const { sigmas, path } = nearest.distance;
  const [first] = path;
  const way = first === undefined ? '' : `${first.underlying} ${formatMove(first.move)}`;
  return (
    <>
      <td className={styles[distanceLevel(nearest.distance)]}>
        {formatDistance(sigmas)}
        <i className={styles.unit}>σ</i>
      </td>
      <td className={styles.driver}>{isGroup ? nearest.label : way}</td>
    </>
  );
}

function LimitCell({ use }: { use: LimitUseView | undefined }) {
  if (use === undefined)
    return (
      <td className={styles.bar}>
        <span className={styles.none}>none</span>
      </td>
    );
  const tone = limitTone(use);
  return (
    <td className={styles.bar} title={`${limitName(use)}: ${limitState(use)}`}>
      <span className={styles[tone]}>{usedText(use)}</span>
      <UseBar share={usedPpm(use) / PPM} tone={tone} marks={softMark(use)} />
    </td>
  );
}

/** Proposals that a row has room for; of more it says how many. */
const FLAGGED = 2;

const stateWords = { reduceOnly: 'reduce-only', frozen: 'frozen', archived: 'closed' } as const;

/** What waits for agreement here, and what the place may not do. */
function Flags({ line, waiting }: { line: Extract<TreeLine, { kind: 'branch' | 'pot' }>; waiting: Waiting }) {
  if (line.kind === 'pot') return null;
  const { node, limit } = line.branch;
  const open = [
    ...(waiting.nodes.get(node.node) ?? []),
    ...(node.account === null ? [] : (waiting.accounts.get(node.account) ?? [])),
  ];
  return (
    <>
      {node.state !== 'normal' && <Badge tone="warn">{stateWords[node.state]}</Badge>}
      {node.isSegregated && <Badge>apart</Badge>}
      {node.tags.map((tag) => (
        <i key={tag} className={styles.tag}>
          {tag}
        </i>
      ))}
      {limit !== undefined && limitTone(limit) !== 'plain' && <Badge tone="warn">limit</Badge>}
      {open.slice(0, FLAGGED).map((proposal) => (
        <PageLink key={proposal} href="/approvals" className={styles.proposal}>
          #{proposal}
        </PageLink>
      ))}
      {open.length > FLAGGED && (
        <i title={open.map((each) => `#${each}`).join(' ')}>+{open.length - FLAGGED}</i>
      )}
    </>
  );
}
