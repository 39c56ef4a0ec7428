/**
 * A number that knows what it counts. The tag exists only for the compiler: `Usd` cannot be passed
 * where `Lots` is asked, and no byte is spent at run time.
 */
declare const unit: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [unit]: Name };
