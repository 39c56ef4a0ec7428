import Link from 'next/link';
import type { AnchorHTMLAttributes } from 'react';

/** A link inside the desk. It fetches nothing before it is followed: a desk page is live, not a document. */
export function PageLink({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  return <Link href={href} prefetch={false} {...rest} />;
}
