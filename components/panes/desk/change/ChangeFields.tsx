import { type ChangeDraft, readChange } from '../../../../lib/firm/change.ts';
import { branchesIn } from '../../../../lib/firm/tree.ts';
import { useFirmTree } from '../../../../lib/hooks/firmRisk.ts';
import { Field } from '../../../ui/Field.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { CallFields } from './CallFields.tsx';
import { CarryFields } from './CarryFields.tsx';
import styles from './Change.module.css';
import { LimitFields } from './LimitFields.tsx';
import { NettingFields } from './NettingFields.tsx';
import { OutflowFields } from './OutflowFields.tsx';
import { usePlaces } from './usePlaces.ts';
import { withNone } from './withNone.ts';

interface FieldsProps<K extends ChangeDraft['kind'] = ChangeDraft['kind']> {
  draft: Extract<ChangeDraft, { kind: K }>;
  isLocked: boolean;
  onChange: (draft: ChangeDraft) => void;
}

/** The terms of a change; what it is about stands first and does not change. */
export function ChangeFields({ draft, isLocked, onChange }: FieldsProps) {
  return (
    <fieldset className={styles.fields} disabled={isLocked}>
      <legend className="visually-hidden">Terms</legend>
      {fieldsOf(draft, isLocked, onChange)}
    </fieldset>
  );
}

function fieldsOf(draft: ChangeDraft, isLocked: boolean, onChange: FieldsProps['onChange']) {
  switch (draft.kind) {
    case 'MoveNode':
      return <MoveFields draft={draft} isLocked={isLocked} onChange={onChange} />;
    case 'PortPosition':
    case 'Transfer':
      return <CarryFields draft={draft} onChange={onChange} />;
    case 'OpenNode':
    case 'RenameNode':
      return <NameFields draft={draft} isLocked={isLocked} onChange={onChange} />;
    case 'TagNode':
      return (
        <>
          <About node={draft.node} />
          <Field
            label="Tags, separated by commas"
            value={draft.typed}
            onChange={(event) => onChange({ ...draft, typed: event.target.value })}
          />
        </>
      );
    case 'SetNodeState':
      return <StateFields draft={draft} isLocked={isLocked} onChange={onChange} />;
    case 'SetLimits':
      return (
        <>
          <About
            node={draft.node}
            says="and all below it. What passes soft needs an approval, what passes hard is refused."
          />
          <LimitFields draft={draft} onChange={onChange} />
        </>
      );
    case 'SetMarginCalls':
      return (
        <>
          <About
            node={draft.node}
            says="and all below it: who is called when maintenance margin reaches a share of an account's equity. Without levels of its own, those above it hold."
          />
          <CallFields levels={draft.levels} onChange={(levels) => onChange({ ...draft, levels })} />
        </>
      );
    case 'Flatten':
      return <FlattenFields draft={draft} isLocked={isLocked} onChange={onChange} />;
    case 'ArchiveNode':
      return <About node={draft.node} says={sayings.ArchiveNode} />;
    case 'SetSegregation':
      return <Segregation account={draft.account} isSegregated={draft.isSegregated} />;
    case 'NetPositions':
    case 'SetNettingWindow':
      return <NettingFields draft={draft} onChange={onChange} />;
    case 'ListDestination':
    case 'UnlistDestination':
    case 'SetWithdrawalLimits':
      return <OutflowFields draft={draft} onChange={onChange} />;
  }
}

const sayings = {
  Flatten:
    'All orders here and below are cancelled, and all positions closed in the market at once, in slices where one order is too small. What the book does not take that near stays.',
  ArchiveNode: 'Nothing opens or arrives here again. It has to be empty first.',
};

function About({ node, says }: { node: number; says?: string }) {
  const { labelOf } = usePlaces();
  return (
    <p>
      <b>{labelOf(node)}</b> {says}
    </p>
  );
}

function Segregation({ account, isSegregated }: { account: number; isSegregated: boolean }) {
  const { accountLabel } = usePlaces();
  return (
    <p>
      <b>{accountLabel(account)}</b>{' '}
      {isSegregated
        ? 'with its pots: nothing is moved, ported or crossed between it and another account. What comes and goes comes from the vault and goes there. The limits above it still count it.'
        : 'goes back among the others: collateral and positions may move between them again.'}
    </p>
  );
}

function MoveFields({ draft, onChange }: FieldsProps<'MoveNode'>) {
  const tree = useFirmTree();
  const groups = tree === undefined ? [] : branchesIn(tree).filter(({ node }) => node.account === null);
  const options = groups.map(({ node, depth }) => ({
    value: String(node.node),
    label: `${'\u2003'.repeat(depth)}${node.label}`,
  }));
  return (
    <>
      <About node={draft.node} says="and all below it. What holds there holds of it from then on." />
      <Select
        label="To"
        value={draft.parent === undefined ? '' : String(draft.parent)}
        options={withNone(options)}
        onPick={(to) => onChange({ ...draft, parent: to === '' ? undefined : Number(to) })}
      />
    </>
  );
}

function NameFields({ draft, onChange }: FieldsProps<'OpenNode' | 'RenameNode'>) {
  return (
    <>
      {draft.kind === 'OpenNode' ? (
        <About node={draft.parent} says="is where it stands; what holds there holds of it." />
      ) : (
        <About node={draft.node} />
      )}
      <Field
        label="Name"
        maxLength={64}
        value={draft.label}
        onChange={(event) => onChange({ ...draft, label: event.target.value })}
      />
    </>
  );
}

function FlattenFields({ draft, onChange }: FieldsProps<'Flatten'>) {
  const read = readChange(draft, { markets: [], assets: [] });
  return (
    <>
      <About node={draft.node} says={sayings.Flatten} />
      <Field
        label="No further from the mark than"
        unit="%"
        inputMode="decimal"
        placeholder="each market’s band"
        value={draft.typed}
        error={'missing' in read ? read.missing : undefined}
        onChange={(event) => onChange({ ...draft, typed: event.target.value })}
      />
    </>
  );
}

const states = [
  { value: 'normal', label: 'Normal' },
  { value: 'reduceOnly', label: 'Reduce only' },
  { value: 'frozen', label: 'Frozen' },
] as const;

const stateSayings = {
  normal: 'takes all orders again, where nothing above it forbids them.',
  reduceOnly: 'takes only what closes. All else that is open is cancelled at once.',
  frozen: 'takes no order at all. What is open and could grow is cancelled at once.',
};

function StateFields({ draft, isLocked, onChange }: FieldsProps<'SetNodeState'>) {
  return (
    <>
      <About node={draft.node} says={stateSayings[draft.state]} />
      <Segmented
        label="State"
        value={draft.state}
        options={states}
        isDisabled={isLocked}
        onPick={(state) => onChange({ ...draft, state })}
      />
    </>
  );
}
