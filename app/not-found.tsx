import Link from 'next/link';
import { EmptyState } from '../components/ui/EmptyState.tsx';

export default function NotFound() {
  return (
    <main>
      <EmptyState title="There is no such page here.">
        <p>
          Nothing happened to your orders or positions.{' '}
          <Link href="/trade/BTC-PERP">Open the trade screen</Link>.
        </p>
      </EmptyState>
    </main>
  );
}
