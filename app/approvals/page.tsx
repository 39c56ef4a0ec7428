import type { Metadata } from 'next';
import { ApprovalsLayout } from '../../components/workspace/ApprovalsLayout.tsx';
import { Frame } from '../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Approvals · Ballast' };

export default function ApprovalsPage() {
  return (
    <Frame page="approvals">
      <ApprovalsLayout />
    </Frame>
  );
}
