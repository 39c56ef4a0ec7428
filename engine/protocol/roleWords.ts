/** A role as people say it: `portfolioManager` → `portfolio manager`. */
export function roleWords(role: string): string {
  return role.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
