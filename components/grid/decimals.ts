/** Digits after the point of a printed number. */
export function decimalsIn(text: string | undefined): number {
  return /\.([0-9]+)/.exec(text ?? '')?.[1]?.length ?? 0;
}

/** The most digits after the point among printed numbers: a column has room for all of them. */
export function mostDecimals(texts: readonly (string | undefined)[]): number {
  return texts.reduce((most, text) => Math.max(most, decimalsIn(text)), 0);
}
