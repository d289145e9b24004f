/** What of the cases somebody sees, and what of the tasks they may do. */
import { unknownCase, type Performer } from '../casework/index.js';
import type { Doer } from '../engine/index.js';
import type { Principal } from '../identity/index.js';
import { asViewer } from '../persistence/index.js';
import type { HttpDeps } from './deps.js';

/** The same parts, seeing the viewer's cases only: whatever is read with them is read behind the fence. */
export function within<Deps extends Pick<HttpDeps, 'database'>>(
  deps: Deps,
  { sight, recusedFrom }: Principal,
): Deps {
  if (sight.kind === 'all' && recusedFrom.length === 0) return deps;
  const units = sight.kind === 'all' ? 'all' : sight.units;
  return { ...deps, database: asViewer(deps.database, units, recusedFrom) };
}

/** @throws {Refusal} `case.not-found` for a work order that is not there, or not theirs to see: they cannot tell */
export async function assertSeen(
  deps: Pick<HttpDeps, 'database' | 'sheets'>,
  viewer: Principal,
  no: string,
): Promise<void> {
  const { database, sheets } = within(deps, viewer);
  const sheet = await database.transaction((transaction) => sheets.find(transaction, no));
  if (!sheet) throw unknownCase(no);
}

/** For queries that filter themselves; undefined for all. */
export const unitsSeen = ({ sight }: Principal): readonly string[] | undefined =>
  sight.kind === 'all' ? undefined : sight.units;

/** Whose tasks a worklist shows: what `performerOf` lets them do, or what they see of their duties. */
export function doerOf({ duties, units, sight }: Principal, scope: 'mine' | 'seen'): Doer | undefined {
  if (scope === 'seen') {
    return sight.kind === 'all' ? undefined : { roles: duties, ofLed: [], parties: units };
  }
  return { roles: duties, ofLed: sight.kind === 'all' ? ['unit'] : null, parties: units };
}

/** Whoever acts: tasks of their duties; those of a unit only where the unit is theirs. */
export function performerOf({ actor, duties, units, sight, recusedFrom }: Principal): Performer {
  return {
    actor,
    recusedFrom,
    does: ({ role }, { unit }) => {
      if (role !== null && !duties.includes(role)) return false;
      const theirs = typeof unit === 'string' && units.includes(unit.replaceAll(/\s/g, ''));
      return theirs || (sight.kind === 'all' && role !== 'unit');
    },
  };
}
