/** Determines who does the tasks of a body that is recused from a case. */
import { standInsIn, type ReadableEntry } from '../accountability/events/index.js';
import { recusedUnits } from '../handlers/index.js';
import type { StandInRoles, StandIns } from '../identity/index.js';
import { isJsonObject, type JsonObject } from '../kernel/index.js';
import type { PolicyValues } from '../kernel/timer-spec.js';

export type { StandIns } from '../identity/index.js';

const nobody: StandInRoles = {};

/**
 * Reads the stand-ins from the case's variables: `bodies` holds what the register says of the
 * bodies named in the case.
 */
export const standInsOf =
  (rules: StandIns) =>
  (variables: JsonObject, policies: PolicyValues): StandInRoles => {
    const recused = recusedUnits(variables);
    if (recused.length === 0) return nobody;
    const registered = isJsonObject(variables.bodies) ? variables.bodies : {};
    const kinds = recused.flatMap((name) => {
      const kind = registered[name] ?? rules.kindNamed(name);
      return typeof kind === 'string' ? [kind] : [];
    });
    return kinds.length === 0 ? nobody : rules.rolesFor(kinds, policies.value(rules.policy));
  };

/** A duty of a case, as the interpreter of the regulation returns it. */
interface BorneDuty {
  readonly state: string;
  /** Numbers of the entries that led to the duty's state, in order. */
  readonly entries: readonly number[];
}

/**
 * Whose tasks stand-ins did when the duty was done, or do now if it is open. A change by an entry
 * takes effect with the next entry.
 *
 * @param trail oldest first, with the number of each entry
 */
export function standInsFor(
  trail: readonly (ReadableEntry & { readonly seq: number })[],
  { state, entries }: BorneDuty,
): StandInRoles {
  const until = state === 'satisfied' ? (entries.at(-1) ?? Infinity) : Infinity;
  const changed = trail.findLast((entry) => entry.seq < until && standInsIn(entry) !== undefined);
  return (changed && standInsIn(changed)) ?? nobody;
}
