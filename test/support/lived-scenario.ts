import type { DutyEntry } from '../../src/law/regulation/index.js';
import { livedSteps, type Scenario, type Stage } from '../../src/design/rehearsal/index.js';

/** The scenario's trail, without its refused acts. */
export function livedEntries(stage: Stage, { given, before, steps }: Scenario): DutyEntry[] {
  const acts = [...before, ...steps].filter((step) => !('expect' in step));
  const [last] = [...livedSteps(stage, { given, steps: acts })].slice(-1);
  return (last?.rehearsed.entries ?? []).map((entry, index) => ({ ...entry, seq: index + 1 }));
}
