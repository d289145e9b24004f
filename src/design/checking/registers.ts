/** Registers that provide the values for columns of decision tables (src/engine/model/decision/table.ts). */
import type { ClassTree } from '../../sheet/classification/index.js';
import type { CheckContext, Registered } from '../compliance/index.js';
import type { Law } from '../../kernel/law.js';
import { districtGrid } from '../../sheet/districts/index.js';

export function registersOf(
  { classes }: ClassTree,
  units: readonly string[] | undefined,
  law: Law,
): CheckContext['registers'] {
  const trades = new Set(classes.flatMap(({ trade }) => trade ?? []));
  return {
    class: classes.map(({ code, name, parent }) => ({ value: code, name, parent })),
    trade: named(trades),
    district: named(districtGrid().map(({ name }) => name)),
    kind: law.kinds.map(({ key, name }) => ({ value: key, name })),
    ...(units ? { unit: named(units) } : {}),
    basis: law.intake.bases.map(({ key, name }) => ({ value: key, name })),
  };
}

const named = (values: Iterable<string>): readonly Registered[] =>
  [...values].map((value) => ({ value, name: value }));
