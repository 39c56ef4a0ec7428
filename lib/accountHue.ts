/** Colours that tell accounts apart: `--acct-1` to `--acct-8` of the theme. */
const HUES = 8;

/** Which of them an account has on every page; `data-hue` with it gives an element its `--hue`. */
export function accountHue(account: number): number {
  return (account % HUES) + 1;
}
