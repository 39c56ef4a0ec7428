// V8 stops inlining into a function after 920 bytecodes, a bound made for pages. An order passes some forty small
// functions on its way through the engine; with room for twice as many it crosses the book about a seventh faster,
// and margin and ledger lose nothing (decision 010). Read when a function is optimised, so it may be set at run time.
export const INLINING = '--max-inlined-bytecode-size-cumulative=2000';
