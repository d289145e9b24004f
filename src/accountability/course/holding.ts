/** Who holds the matter, in which round. */
import { unitNamed, unitsNamed, type UnitName } from '../../kernel/unit-name.js';
import { computedOf, dataOf, unitOf, type Deed, type ReadableEntry } from '../events/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { matches, unitIn, type CourseWords } from './words.js';

/** The kind of holder that has many members, which are distinguished by name. */
const unitKind = 'handling-unit';

export interface Holder {
  /** Kind of the holder in the regulation's vocabulary; null where nobody holds the matter. */
  readonly kind: string | null;
  /** The unit's name, if the holder is a unit. */
  readonly unit: UnitName | null;
}

export interface Holding {
  readonly holder: Holder;
  /**
   * The handling unit charged with the matter, also while the hotline decides; null until the
   * matter is handed over (again).
   */
  readonly unit: UnitName | null;
  /** The unit to which the matter was last handed over, even if it was taken back since. */
  readonly lastUnit: UnitName | null;
  /** Round of handling; 0 before the first. */
  readonly round: number;
  readonly closed: boolean;
}

export const heldByNobody: Holding = {
  holder: { kind: null, unit: null },
  unit: null,
  lastUnit: null,
  round: 0,
  closed: false,
};

/** @returns the new holding, and the unit to which the deed hands the matter over */
export function afterDeed(
  { effect, holders }: ReturnType<CourseWords['on']>,
  before: Holding,
  deed: Deed,
): { readonly holding: Holding; readonly handedTo: UnitName | undefined } {
  const moving = holders.filter(({ when }) => matches(when, deed));
  if (moving.length === 0 && effect === null) return { holding: before, handedTo: undefined };
  let { unit } = before;
  let { kind } = before.holder;
  let handedTo: UnitName | undefined;
  if (effect === 'takes-back') unit = null;
  for (const one of moving) {
    kind = one.kind === 'none' ? null : one.kind;
    handedTo = one.named === null ? handedTo : (unitIn(deed, one.named) ?? handedTo);
    unit = handedTo ?? unit;
  }
  const holding = {
    holder: { kind, unit: kind === unitKind ? unit : null },
    unit,
    lastUnit: handedTo ?? before.lastUnit,
    round: before.round + (effect === 'begins-round' ? 1 : 0),
    closed: before.closed || effect === 'closes',
  };
  return { holding, handedTo };
}

/** The unit to which the program has assigned the sheet, whatever the law calls that. */
export function assignedIn({ assignments }: JsonObject): UnitName | undefined {
  const last = Array.isArray(assignments) ? (assignments as readonly Json[]).at(-1) : undefined;
  return isJsonObject(last) ? unitNamed(last.unit) : undefined;
}

/** Handling units that a form or a step names. */
export function unitsNamedBy(entry: ReadableEntry): readonly UnitName[] {
  const [data, computed] = [dataOf(entry), computedOf(entry)];
  const texts = [unitOf(entry), data.unit, data.supportingUnits, computed.unit, computed.supportingUnits];
  return [...new Set([...texts, assignedIn(computed)].flatMap(unitsNamed))];
}
