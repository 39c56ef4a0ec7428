import localFont from 'next/font/local';

/** Inter with tabular, slashed figures baked in. Put `deskFont.variable` on <html>; CSS reads `--font-desk`. */
export const deskFont = localFont({
  src: './desk.woff2',
  weight: '400 700',
  display: 'swap',
  variable: '--font-desk',
  adjustFontFallback: 'Arial',
});
