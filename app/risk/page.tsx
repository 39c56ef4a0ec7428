import type { Metadata } from 'next';
import { Frame } from '../../components/workspace/Frame.tsx';
import { RiskLayout } from '../../components/workspace/RiskLayout.tsx';

export const metadata: Metadata = { title: 'Risk · Ballast' };

export default function RiskPage() {
  return (
    <Frame page="risk">
      <RiskLayout />
    </Frame>
  );
}
