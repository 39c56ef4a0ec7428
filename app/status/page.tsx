import type { Metadata } from 'next';
import { Frame } from '../../components/workspace/Frame.tsx';
import { HealthTable } from '../../components/workspace/HealthTable.tsx';

export const metadata: Metadata = { title: 'Status · Ballast' };

export default function StatusPage() {
  return (
    <Frame page="status">
      <HealthTable />
    </Frame>
  );
}
