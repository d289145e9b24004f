import { standInsFor } from '../../cases/index.js';
import { bearerTitle, type Catalogue, type Duty, type DutyEntry } from '../../law/regulation/index.js';
import type { Stage } from './stage.js';

/** For a duty of units, the unit that owes it; else the first body that the norm names, or its stand-in. */
export function bearerOf(
  { standIns, laws }: Pick<Stage, 'standIns' | 'laws'>,
  catalogue: Catalogue,
  trail: readonly DutyEntry[],
  duty: Pick<Duty, 'norm' | 'unit' | 'state' | 'entries'>,
): string {
  const norm = catalogue.norm(duty.norm);
  const of = norm?.bearers ?? [];
  const ofUnits = catalogue.vocabulary.subjects.some(
    ({ key, identity }) => key === norm?.duty?.subject && identity === 'unit',
  );
  if ((ofUnits || of.includes('handling-unit')) && duty.unit !== null) return duty.unit;
  const [first] = of;
  return first === undefined
    ? ''
    : bearerTitle(standIns.bearerFor(first, standInsFor(trail, duty)), laws.today());
}
