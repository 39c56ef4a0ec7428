import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Frame } from '../../../components/workspace/Frame.tsx';
import { TradeLayout } from '../../../components/workspace/TradeLayout.tsx';

interface Props {
  params: Promise<{ market: string }>;
}

/** What a market may be called: anything else is not a name, and is not echoed. */
const MARKET_NAME = /^[A-Z0-9:/_-]{1,24}$/;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = decodeURIComponent((await params).market);
  return { title: MARKET_NAME.test(name) ? `${name} · Ballast` : 'Ballast' };
}

export default async function TradePage({ params }: Props) {
  const marketName = decodeURIComponent((await params).market);
  if (!MARKET_NAME.test(marketName)) notFound();
  return (
    <Frame page="trade">
      <TradeLayout marketName={marketName} />
    </Frame>
  );
}
