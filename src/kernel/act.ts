/** A deed together with the facts it must have: one value, or any of several values. */
export interface Act {
  readonly deed: string;
  readonly facts: { readonly [fact: string]: unknown };
}

/** Whether the deed has this name and these facts. */
export const matches = (
  act: Act,
  { name, facts = {} }: { readonly name: string; readonly facts?: { readonly [fact: string]: unknown } },
): boolean =>
  act.deed === name &&
  Object.entries(act.facts).every(([fact, wanted]) =>
    Array.isArray(wanted) ? wanted.includes(facts[fact]) : wanted === facts[fact],
  );
