/** `24 h`, `10 min`, `120 s`: a span of the vault's terms. */
export function spanOf(seconds: number): string {
  if (seconds >= 172_800 && seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds >= 3_600 && seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds >= 300 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}
