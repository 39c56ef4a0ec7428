import type { Metadata } from 'next';
import { Verify } from '../../components/panes/audit/verify/Verify.tsx';
import { Frame } from '../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Verify · Ballast' };

export default function VerifyPage() {
  return (
    <Frame page="verify">
      <Verify />
    </Frame>
  );
}
