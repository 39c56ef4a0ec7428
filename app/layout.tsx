import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { deskFont } from '../components/ui/font/deskFont.ts';
import { Appearance } from '../components/workspace/Appearance.tsx';
import { firstPaintScript } from '../lib/settings/firstPaint.ts';
import './themes.css';
import './globals.css';

export const metadata: Metadata = {
  title: 'Ballast',
  description: 'Cross-margin trading desk with its engine inside.',
};

export const viewport: Viewport = { colorScheme: 'dark light' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Asking for the request also says that no page may be rendered ahead of it: each carries a nonce of its own.
  const policy = (await headers()).get('content-security-policy') ?? '';
  return (
    // The script in the head sets its attributes before React sees them.
    <html lang="en" className={deskFont.variable} suppressHydrationWarning>
      <head>
        <script
          nonce={nonceOf(policy)}
          // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant text, which must run before the first paint.
          dangerouslySetInnerHTML={{ __html: firstPaintScript }}
          suppressHydrationWarning
        />
      </head>
      <body>
        <Appearance />
        {children}
      </body>
    </html>
  );
}

function nonceOf(policy: string): string | undefined {
  return /'nonce-([^']+)'/.exec(policy)?.[1];
}
