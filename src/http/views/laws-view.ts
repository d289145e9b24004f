/** The law of a case, where it is not the one that the page carries. */
import type { z } from 'zod';
import { law, lawsOfCase, type Law, type Purpose, type Ruled } from '../../kernel/law.js';
import type { caseFile } from '../contract/case.js';

export function lawsView(ruled: Ruled): z.input<typeof caseFile>['laws'] {
  const laws = lawsOfCase(ruled);
  const today = law();
  if (laws.every((one) => one.law === today)) return [];
  return laws.map(({ from, law: { title, purposes, supervision } }) => ({
    from,
    title,
    purposes: Object.fromEntries(Object.entries(purposes).map(([purpose, said]) => [purpose, copied(said)])),
    supervision: {
      orders: supervision.orders.map((order) => ({ ...order })),
      grounds: supervision.grounds.map((ground) => ({ ...ground })),
    },
  }));
}

const copied = (said: Law['purposes'][Purpose]) =>
  'provisions' in said ? { provisions: [...said.provisions], cited: said.cited } : [...said];
