/** Readable on paper and on both kinds of screen; no fonts and no scripts from anywhere. */
export const styles = `
:root { color-scheme: light dark; --ink: #1b2430; --quiet: #5b6675; --paper: #ffffff; --line: #d5dbe3; --range: #2a6f97; --move: #9aa7b5; --bad: #c1121f; --fine: #4f8a5b; --fixed: #a15c00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --quiet: #98a4b3; --paper: #10161d; --line: #2b3643; --range: #6cb4dd; --move: #5d6b7a; --bad: #ff6b6b; --fine: #7fbf8d; --fixed: #e0a458; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 76rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 0.5rem; border-bottom: 1px solid var(--line); padding-bottom: 0.25rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 0.25rem; }
p, li { max-width: 62rem; }
.wide { overflow-x: auto; margin: 0.75rem 0 1.25rem; }
table { border-collapse: collapse; font-size: 0.8rem; font-variant-numeric: tabular-nums; min-width: 100%; }
caption { text-align: left; color: var(--quiet); padding-bottom: 0.35rem; }
th, td { padding: 0.2rem 0.6rem 0.2rem 0; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
thead th { white-space: normal; vertical-align: bottom; font-weight: 600; min-width: 4.5rem; }
th:first-child { text-align: left; font-weight: 500; }
.fails { color: var(--bad); font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); gap: 0.5rem 1.5rem; }
figure { margin: 0.75rem 0; max-width: 46rem; break-inside: avoid; }
figcaption { color: var(--quiet); font-size: 0.75rem; }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--quiet); font: 11px system-ui, sans-serif; }
svg .grid { stroke: var(--line); fill: none; }
svg .line { fill: none; stroke-width: 1.2; }
svg .range, svg .mean { stroke: var(--range); }
svg .highest { stroke: var(--move); stroke-width: 0.8; }
svg .move { stroke: var(--move); stroke-width: 1.2; }
svg .breach { stroke: var(--bad); stroke-width: 1.6; }
svg .breach-dot { fill: none; stroke: var(--bad); stroke-width: 1.4; }
svg .fixed { stroke: var(--fixed); stroke-dasharray: 5 4; }
svg .limit { stroke: var(--fixed); stroke-dasharray: 2 3; }
svg .inside { fill: var(--range); }
svg .past { fill: var(--bad); }
svg .wick { fill: var(--move); }
@page { size: A4 landscape; margin: 12mm; }
@media print { figcaption { font-size: 7px; } thead th { min-width: 0; } body { max-width: none; padding: 0; font-size: 10px; } .wide { overflow: visible; } table { font-size: 7px; } th, td { white-space: normal; padding-right: 0.3rem; } section { break-inside: auto; } tr { break-inside: avoid; } .plots { grid-template-columns: 1fr 1fr; } :root { --ink: #000; --quiet: #444; --paper: #fff; --line: #bbb; --range: #1d4e79; --move: #888; --bad: #b00010; --fixed: #8a4b00; } }
`;
