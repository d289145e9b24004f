/** The law of a case, where it is not the one that the page carries. */
import type { z } from 'zod';
import type { Law, Laws, Purpose, Ruled } from '../../kernel/law.js';
import type { caseFile } from '../contract/case.js';

export function lawsView(ruled: Ruled, laws: Laws): z.input<typeof caseFile>['laws'] {
  const binding = laws.binding(ruled);
  const today = laws.today();
  if (binding.every((one) => one.law === today)) return [];
  return binding.map(({ from, law: { title, purposes, supervision } }) => ({
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
