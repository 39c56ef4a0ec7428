import Link from 'next/link';
import { type AnchorHTMLAttributes, useContext } from 'react';
import { PageModeContext } from './pageMode.ts';

/**
 * A link inside the desk. It fetches nothing before it is followed: a desk page is live, not a document. A page of the
 * past says where it leads instead.
 */
export function PageLink({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const { hrefOf } = useContext(PageModeContext);
  if (hrefOf !== undefined) return <a href={hrefOf(href)} {...rest} />;
  return <Link href={href} prefetch={false} {...rest} />;
}
