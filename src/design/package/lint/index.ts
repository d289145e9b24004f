/** A lint of the law: faults of a package that is readable and runs, and does not do what the law says. One rule, one file. */
import { annotate, parseDiagram } from '../../../engine/index.js';
import { readAccessRules } from '../../../identity/index.js';
import { shippedCatalogue, shippedLaw } from '../../../law/regulation/index.js';
import type { PackageFinding } from '../finding.js';
import { bearers } from './bearers.js';
import { clocks } from './clocks.js';
import { cures } from './cures.js';
import { evidence } from './evidence.js';
import { ownRoles } from './own-roles.js';
import { persons } from './persons.js';
import { purposes } from './purposes.js';
import { unowed } from './unowed.js';

export { future } from './future.js';
export { sendable } from './sendable.js';

const rules = { bearers, evidence, unowed, cures, purposes, clocks, persons, ownRoles };

/** @param sources of the diagrams, by key; @param day whose law applies: `YYYY-MM-DD` in Asia/Shanghai */
export async function lint(sources: ReadonlyMap<string, string>, day: string): Promise<PackageFinding[]> {
  const diagrams = await Promise.all(
    [...sources].map(async ([key, source]) => [key, annotate(await parseDiagram(source), key)] as const),
  );
  const [catalogue, law, access] = [shippedCatalogue(day), shippedLaw(day), readAccessRules()];
  const linted = { catalogue, law, access, diagrams: new Map(diagrams) };
  return Object.entries(rules).flatMap(([rule, faultsIn]) =>
    faultsIn(linted).map((fault) => ({
      ...{ rule, severity: rule === 'unowed' ? ('warning' as const) : ('error' as const) },
      ...fault,
    })),
  );
}
