/** `__Host-`: a browser takes it only with Secure, Path=/ and no Domain, so no sibling host can plant one. */
const NAME = '__Host-ballast';

const FLAGS = 'Path=/; HttpOnly; Secure; SameSite=Strict';

export function sessionCookie(secret: string, maxAgeSeconds: number): string {
  return `${NAME}=${secret}; Max-Age=${maxAgeSeconds}; ${FLAGS}`;
}

export function clearedSessionCookie(): string {
  return `${NAME}=; Max-Age=0; ${FLAGS}`;
}

/** The secret a request carries. Two cookies of our name are somebody's trick, so none counts. */
export function secretIn(cookieHeader: string | undefined): string | undefined {
  if (cookieHeader === undefined) return undefined;
  const ours = cookieHeader
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${NAME}=`));
  return ours.length === 1 ? ours[0]?.slice(NAME.length + 1) : undefined;
}
