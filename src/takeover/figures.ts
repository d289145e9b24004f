/**
 * Figures of a checked log: duties by norm and by unit, findings by kind. Memory grows with units
 * and norms, not with cases.
 */
import type { FindingKind, Verdict } from '../law/regulation/index.js';
import type { CheckedCase } from './check.js';

export type Counts = Record<Verdict, number>;

export interface Figures {
  readonly cases: number;
  /** Cases with at least one finding. */
  readonly impossible: number;
  readonly byNorm: ReadonlyMap<string, Counts>;
  /** Unit → norm → counts; null: not attributed to a unit. */
  readonly byUnit: ReadonlyMap<string | null, ReadonlyMap<string, Counts>>;
  readonly findings: ReadonlyMap<FindingKind, number>;
  /** Provision → findings. */
  readonly byProvision: ReadonlyMap<string, number>;
}

export interface FigureKeeper {
  add(checked: CheckedCase): void;
  readonly figures: Figures;
}

const noCounts = (): Counts => ({ met: 0, late: 0, unmet: 0, returned: 0, open: 0 });

export function keepFigures(): FigureKeeper {
  const byNorm = new Map<string, Counts>();
  const byUnit = new Map<string | null, Map<string, Counts>>();
  const findings = new Map<FindingKind, number>();
  const byProvision = new Map<string, number>();
  let [cases, impossible] = [0, 0];
  return {
    add: (checked) => {
      cases += 1;
      if (checked.findings.length > 0) impossible += 1;
      for (const { norm, unit, verdict } of checked.duties) {
        const norms = made(byUnit, unit, () => new Map<string, Counts>());
        made(byNorm, norm, noCounts)[verdict] += 1;
        made(norms, norm, noCounts)[verdict] += 1;
      }
      for (const { kind, provisions } of checked.findings) {
        findings.set(kind, (findings.get(kind) ?? 0) + 1);
        const [place = ''] = provisions;
        byProvision.set(place, (byProvision.get(place) ?? 0) + 1);
      }
    },
    get figures() {
      return { cases, impossible, byNorm, byUnit, findings, byProvision };
    },
  };
}

function made<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
