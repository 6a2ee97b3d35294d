/** What goes wrong with calls at a moment, for whoever is told. */

/** How many of the next calls are to fail, by the name of the fault, and how slow (ms) calls are. */
export type InForce = { readonly failing: Readonly<Record<string, number>>; readonly slowMs: number };
