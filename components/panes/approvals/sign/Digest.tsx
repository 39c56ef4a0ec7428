import { useEffect, useState } from 'react';
import type { TypedData } from '../../../../engine/protocol/typed/typedData.ts';
import type { DeviceHashes, TypedText } from '../../../../lib/verify/deviceHashes.ts';
import { verifyHref } from '../../../../lib/verify/handOver.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './Sign.module.css';

/** What a device shows of it: the digest in groups of four, the ends marked for comparing, and its two halves. */
export function Digest({ typedData }: { typedData: TypedData }) {
  const hashes = useHashes(typedData);
  const groups = hashes?.digest.slice(2).match(/.{4}/g) ?? [];
  return (
    <section className={styles.digest} aria-label="Hash to agree">
      <div className={styles.head}>
        <h3>Hash on your device, to agree</h3>
        <a href={verifyHref(typedData)} target="_blank" rel="noopener">
          Verify elsewhere
        </a>
        <CopyButton text={JSON.stringify(typedData, undefined, 2)}>Copy JSON</CopyButton>
      </div>
      <p className={styles.groups}>
        {groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of a hash may be alike.
          <span key={place} data-end={place < 2 || place > 13}>
            {group}
          </span>
        ))}
      </p>
      <dl className={styles.halves}>
        <dt>domain hash</dt>
        <dd>{hashes?.domainHash}</dd>
        <dt>message hash</dt>
        <dd>{hashes?.messageHash}</dd>
      </dl>
    </section>
  );
}

/** Undefined until they are computed: the hashes of other fields are none of these. */
function useHashes(typedData: TypedData): DeviceHashes | undefined {
  const text = JSON.stringify(typedData);
  const [known, setKnown] = useState<{ of: string; hashes: DeviceHashes }>();
  useEffect(() => {
    let isWanted = true;
    void import('../../../../lib/verify/deviceHashes.ts').then(({ deviceHashes }) => {
      if (isWanted) setKnown({ of: text, hashes: deviceHashes(JSON.parse(text) as TypedText) });
    });
    return () => {
      isWanted = false;
    };
  }, [text]);
  return known?.of === text ? known.hashes : undefined;
}
