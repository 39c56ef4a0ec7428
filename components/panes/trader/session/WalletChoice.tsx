import type { Wallet } from '../../../../lib/wallet/discover.ts';
import { peopleByGroup, SANDBOX_RDNS, walletIdOf } from '../../../../lib/wallet/sandbox/people.ts';
import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import styles from './Session.module.css';

interface WalletsProps {
  wallets: readonly Wallet[];
  onChoose: (wallet: Wallet) => void;
}

/** A person's own wallets first, then the people of the sandbox by what they do. */
export function WalletChoice({ wallets, onChoose }: WalletsProps) {
  if (wallets.length === 0)
    return <p>No wallet was found in this browser. Install one that speaks EIP-6963.</p>;
  const own = wallets.filter(({ info }) => info.rdns !== SANDBOX_RDNS);
  return (
    <>
      <p className={styles.intro}>
        Choose a wallet. It signs who you are and, for those who trade, lets this browser make a trading key
        that can never withdraw.
      </p>
      {own.length > 0 && <Wallets wallets={own} onChoose={onChoose} />}
      {peopleByGroup.map(({ group, people }) => {
        const ids = new Set(people.map(walletIdOf));
        const theirs = wallets.filter(({ info }) => ids.has(info.uuid));
        return (
          theirs.length > 0 && (
            <section key={group} aria-label={group}>
              <h3 className={styles.group}>{group}</h3>
              <Wallets wallets={theirs} onChoose={onChoose} />
            </section>
          )
        );
      })}
    </>
  );
}

function Wallets({ wallets, onChoose }: WalletsProps) {
  const isHouse = wallets.every(({ info }) => info.rdns === SANDBOX_RDNS);
  return (
    <ul className={classes(styles.wallets, isHouse && styles.people)}>
      {wallets.map((wallet) => (
        <li key={wallet.info.uuid}>
          <Button className={styles.wallet} onClick={() => onChoose(wallet)}>
            {/* biome-ignore lint/performance/noImgElement: a data URI has nothing to optimise. */}
            <img src={wallet.info.icon} alt="" width={16} height={16} />
            {wallet.info.name}
            {!isHouse && <span className={styles.rdns}>{wallet.info.rdns}</span>}
          </Button>
        </li>
      ))}
    </ul>
  );
}
