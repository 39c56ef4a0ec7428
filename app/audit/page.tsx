import type { Metadata } from 'next';
import { AuditLayout } from '../../components/workspace/AuditLayout.tsx';
import { Frame } from '../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Audit · Ballast' };

export default function AuditPage() {
  return (
    <Frame page="audit">
      <AuditLayout />
    </Frame>
  );
}
