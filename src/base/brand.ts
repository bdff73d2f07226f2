declare const brand: unique symbol
/** A value that can only be made where its meaning is checked: `Brand<string, 'CaseNo'>` is not any string. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
