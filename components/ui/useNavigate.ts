import { useRouter } from 'next/navigation';
import { useCallback } from 'react';

/** Opens another page of the desk without losing the connection of this one. */
export function useNavigate(): (href: string) => void {
  const router = useRouter();
  return useCallback((href: string) => router.push(href), [router]);
}
