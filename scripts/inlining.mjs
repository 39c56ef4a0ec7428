// V8 stops inlining into a function after 920 bytecodes, a bound made for pages. An order passes some forty small
// functions on its way through the engine; with room for all of them it crosses the book about a fifth faster, and
// margin and ledger gain too (decisions 010, 084). Read when a function is optimised, so it may be set at run time.
export const INLINING = '--max-inlined-bytecode-size-cumulative=5000';
