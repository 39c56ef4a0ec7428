import { useStore } from 'zustand';
import { readableDecimal } from '../../../../engine/units/decimal.ts';
import {
  type ChangeDraft,
  type ChangeNames,
  type ReadChange,
  readChange,
} from '../../../../lib/firm/change.ts';
import { type DraftPart, isMove, readSet } from '../../../../lib/firm/changeSet.ts';
import { lookOf } from '../../../../lib/firm/drop.ts';
import { type DropNames, dropWords } from '../../../../lib/firm/dropWords.ts';
import { accountsIn } from '../../../../lib/firm/tree.ts';
import { useFirm } from '../../../../lib/hooks/firm.ts';
import { useFirmRisk, useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { useListing } from '../../../../lib/hooks/market.ts';
import { useSettled } from '../../../../lib/hooks/settled.ts';
import { useTrial } from '../../../../lib/hooks/trial.ts';
import { changeSetStore } from '../../../../lib/stores/changeSetStore.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Tree.module.css';
import type { Held } from './useHeld.ts';
import { nameOfLine } from './words.ts';

/** A pointer that only passes asks nothing. */
const SETTLED_MS = 120;

/**
 * What putting down what is held would do where it is held now: asked of the engine, shown and said. It is forgotten
 * as soon as the pointer or the focus goes elsewhere.
 */
export function DropPreview({ held }: { held: Held }) {
  return (
    <div className={styles.preview} role="status">
      {held.line !== undefined && <Words held={held} name={nameOfLine(held.line)} />}
    </div>
  );
}

function Words({ held: { over, isByKeys }, name }: { held: Held; name: string }) {
  const { markets = [], assets = [] } = useListing() ?? {};
  const draft = over !== undefined && 'draft' in over.drop ? over.drop.draft : undefined;
  const drafted = useStore(changeSetStore, (store) => (store.isOpen ? store.parts : NONE));
  const risks = useFirmRisk()?.accounts ?? [];
  const asset = draft?.kind === 'Transfer' ? assets.find((each) => each.name === draft.asset) : undefined;
  const look = draft && lookOf(draft, risks, asset?.decimals ?? 0);
  const read = look && readDrop(look.draft, drafted, { markets, assets });
  const text = read !== undefined && 'action' in read ? JSON.stringify(read.action) : '';
  const settled = useSettled(text, SETTLED_MS);
  const trial = useTrial(settled === '' ? undefined : JSON.parse(settled));
  const names = useNames();
  if (over === undefined)
    return (
      isByKeys && <p>{name} is picked up: arrows choose where, Enter puts it down, Escape puts it back.</p>
    );
  const place = drafted.length === 0 ? '' : `, part ${drafted.length + 1} of the draft`;
  const head = `${name} → ${nameOfLine(over.target)}${place}`;
  if ('forbidden' in over.drop) return <Sentence head={head} words={over.drop.forbidden} isRefused />;
  if (text === '') return <Sentence head={head} words="No collateral is free to go there." isRefused />;
  if (settled === '' || trial.state === 'asking' || trial.state === 'none')
    return <Sentence head={head} words="Asking the engine …" />;
  if (trial.state === 'failed') return <Sentence head={head} words={trial.error.message} isRefused />;
  const { accounts, limits, outcome, isRefused } = dropWords(trial.view, names);
  return (
    <>
      <Sentence head={head} words={outcome} isRefused={isRefused} />
      {look?.asIf && asset && (
        <p>
          As if {readableDecimal(look.asIf.amount, asset.decimals)} {asset.name} went, about all that is free:
          how much is asked once it is put down.
        </p>
      )}
      {[...accounts, ...limits].map((words) => (
        <p key={words}>{words}</p>
      ))}
    </>
  );
}

const NONE: readonly DraftPart[] = [];

/** What is asked of the engine: with moves that are drafted already, all of them together. */
function readDrop(draft: ChangeDraft, drafted: readonly DraftPart[], names: ChangeNames): ReadChange {
  const alone = readChange(draft, names);
  if (drafted.length === 0 || !isMove(draft) || 'missing' in alone) return alone;
  const together = readSet([...drafted.map((part) => part.draft), draft], names);
  return 'action' in together ? together : alone;
}

function Sentence({ head, words, isRefused = false }: { head: string; words: string; isRefused?: boolean }) {
  return (
    <p>
      <b>{head}</b> <span className={classes(isRefused && styles.danger)}>{words}</span>
    </p>
  );
}

function useNames(): DropNames {
  const nodes = useFirm()?.nodes ?? [];
  const tree = useFirmTree();
  const accounts = tree === undefined ? [] : accountsIn(tree);
  return {
    accountLabel: (number) => accounts.find(({ account }) => account === number)?.label ?? '',
    labelOf: (number) => nodes.find(({ node }) => node === number)?.label ?? '',
  };
}
