import { useEffect, useState } from 'react';
import type { TypedData } from '../../../../engine/protocol/typed/typedData.ts';
import styles from './Sign.module.css';

/** What a device shows of it: the digest in groups of four, the ends marked for comparing. */
export function Digest({ typedData }: { typedData: TypedData }) {
  const text = JSON.stringify(typedData);
  const [digest, setDigest] = useState<{ of: string; hex: string }>();
  useEffect(() => {
    let isWanted = true;
    void import('viem/utils').then(({ hashTypedData }) => {
      if (isWanted) setDigest({ of: text, hex: hashTypedData(JSON.parse(text)).slice(2) });
    });
    return () => {
      isWanted = false;
    };
  }, [text]);
  // The digest of other fields is none of these.
  const groups = digest?.of === text ? (digest.hex.match(/.{4}/g) ?? []) : [];
  return (
    <section className={styles.digest} aria-label="Hash to agree">
      <h3>Hash on your device, to agree</h3>
      <p className={styles.groups}>
        {groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of a hash may be alike.
          <span key={place} data-end={place < 2 || place > 13}>
            {group}
          </span>
        ))}
      </p>
    </section>
  );
}
