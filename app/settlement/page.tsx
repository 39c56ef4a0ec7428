import type { Metadata } from 'next';
import { Frame } from '../../components/workspace/Frame.tsx';
import { SettlementLayout } from '../../components/workspace/SettlementLayout.tsx';

export const metadata: Metadata = { title: 'Settlement · Ballast' };

export default function SettlementPage() {
  return (
    <Frame page="settlement">
      <SettlementLayout />
    </Frame>
  );
}
