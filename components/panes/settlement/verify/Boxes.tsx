import type { ReactNode } from 'react';
import type { ProofView } from '../../../../engine/protocol/views/settlement.ts';
import { formatAge, formatCount } from '../../../../lib/format.ts';
import { useNow } from '../../../../lib/hooks/now.ts';
import { useSettlement } from '../../../../lib/hooks/settlement.ts';
import type { ChainReading } from '../../../../lib/settlement/readVault.ts';
import type { Recomputed } from '../../../../lib/settlement/recompute.ts';
import { Num } from '../../../ui/Num.tsx';
import styles from './Verify.module.css';
import { amountOf, type Comparison, leafWords, shownAsset } from './Verify.state.ts';

export interface Proved {
  proof: ProofView;
  recomputed: Recomputed;
}

/** The leaf: what the account is entitled to, as this browser hashed it. */
export function LeafBox({
  found,
  paid,
  label,
}: {
  found: Proved;
  paid: readonly bigint[] | undefined;
  label: string;
}) {
  const { proof, recomputed } = found;
  const assets = useSettlement()?.assets ?? [];
  const shown = shownAsset(proof);
  const asset = assets[shown];
  const others = proof.leaf.entitled.filter((units, place) => place !== shown && BigInt(units) > 0n).length;
  return (
    <Box
      head="leaf, your browser"
      title={label}
      mark={recomputed.isDetail}
      foot={
        recomputed.isDetail
          ? 'recomputed from your state and salt'
          : 'state and salt do not hash to this leaf'
      }
    >
      <Row name={`entitled ${asset?.name ?? ''}`} text={amountOf(proof.leaf.entitled[shown] ?? '0', asset)} />
      <Row name="of it paid out" text={paid === undefined ? undefined : amountOf(paid[shown] ?? 0n, asset)} />
      <Row name="other assets" text={String(others)} />
      <Row name="index" text={formatCount(proof.path.index)} />
      <Row name="detail" text={short(proof.leaf.detail)} title={proof.leaf.detail} />
    </Box>
  );
}

/** The root as its signers signed it. */
export function RootBox({ found }: { found: Proved }) {
  const { proof, recomputed } = found;
  const view = useSettlement();
  const { isRight, words } = leafWords(recomputed);
  const root = view?.roots.find(({ epoch }) => epoch === proof.epoch);
  const assets = view?.assets ?? [];
  return (
    <Box
      head={`root #${formatCount(proof.epoch)}${root?.state === 'final' ? ', final' : ''}`}
      hash={recomputed.rootHash}
      mark={isRight}
      foot={words}
    >
      {assets.slice(0, 2).map((asset) => (
        <Row
          key={asset.asset}
          name={`Σ ${asset.name}`}
          text={amountOf(proof.root.sums[asset.asset] ?? '0', asset)}
        />
      ))}
      <Row
        name="signers"
        text={root === undefined ? undefined : `${root.signers.length} of ${view?.signers.of ?? 0}`}
      />
      <Row name="seq" text={formatCount(proof.root.seq)} />
    </Box>
  );
}

interface ChainBoxProps {
  found: Proved;
  reading: ChainReading | undefined;
  comparison: Comparison;
  refusal: string | undefined;
}

/** What the vault itself says, asked through the wallet of whoever looks. */
export function ChainBox({ found, reading, comparison, refusal }: ChainBoxProps) {
  const nowMs = useNow(1_000);
  const asset = useSettlement()?.assets[shownAsset(found.proof)];
  const isSame = comparison.equality === 'same';
  return (
    <Box
      head={`chain ${found.proof.chainId}, your wallet`}
      hash={reading?.rootHash}
      mark={reading === undefined ? undefined : isSame}
      foot={refusal ?? comparison.words}
      isStrong
    >
      {reading !== undefined && (
        <>
          <Row
            name="deposits credited"
            text={amountOf(reading.credited[shownAsset(found.proof)] ?? 0n, asset)}
          />
          <Row name="vault" text={short(reading.vault)} title={reading.vault} />
          <Row name="block" text={formatCount(reading.block)} />
          <Row name="read" text={`${formatAge(Math.max(0, nowMs - reading.readMs))} ago`} />
        </>
      )}
    </Box>
  );
}

interface BoxProps {
  head: string;
  title?: string;
  hash?: string | undefined;
  /** Undefined while it is not known. */
  mark: boolean | undefined;
  foot: string;
  isStrong?: boolean;
  children: ReactNode;
}

function Box({ head, title, hash, mark, foot, isStrong, children }: BoxProps) {
  return (
    <section className={styles.box} aria-label={head} data-strong={isStrong || undefined}>
      <p className={styles.head}>{head}</p>
      {title !== undefined && <b>{title}</b>}
      {hash !== undefined && (
        <b className={styles.hash} title={hash}>
          {hash.slice(0, 14)}…
        </b>
      )}
      <dl>{children}</dl>
      <p className={styles.foot} data-is={mark === false ? 'wrong' : undefined}>
        {mark !== undefined && <span aria-hidden="true">{mark ? '✓ ' : '✗ '}</span>}
        {foot}
      </p>
    </section>
  );
}

function Row({ name, text, title }: { name: string; text: string | undefined; title?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={title}>
        <Num text={text} />
      </dd>
    </div>
  );
}

function short(hex: string): string {
  return `${hex.slice(0, 6)}…${hex.slice(-4)}`;
}
