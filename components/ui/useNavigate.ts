import { useRouter } from 'next/navigation';
import { useCallback, useContext } from 'react';
import { PageModeContext } from './pageMode.ts';

/** Opens another page of the desk without losing the connection of this one; in the past, as of the same sequence. */
export function useNavigate(): (href: string) => void {
  const router = useRouter();
  const { hrefOf } = useContext(PageModeContext);
  return useCallback(
    (href: string) => (hrefOf === undefined ? router.push(href) : location.assign(hrefOf(href))),
    [router, hrefOf],
  );
}
