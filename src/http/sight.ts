/** Which cases a principal may see, and which tasks they may do. */
import { isTheAccused, unknownCase, type Performer } from '../cases/index.js';
import type { Doer } from '../engine/index.js';
import type { Principal } from '../identity/index.js';
import { correcting, ofAccused } from '../kernel/accused.js';
import { asViewer, type Transaction } from '../platform/database/index.js';
import { personalDataOperations } from './contract/personal-data.js';
import type { HttpDeps } from './deps.js';
import { unitNamed } from '../kernel/unit-name.js';

/** The same dependencies with the database restricted to the viewer's rows. */
export function forViewer<Deps extends Pick<HttpDeps, 'database'>>(
  deps: Deps,
  { sight, recusedFrom }: Principal,
): Deps {
  if (sight.kind === 'all' && recusedFrom.length === 0) return deps;
  const units = sight.kind === 'all' ? 'all' : sight.units;
  return { ...deps, database: asViewer(deps.database, units, recusedFrom) };
}

/** Reads in a transaction that sees only the viewer's rows. */
export const readAs = <Found>(
  deps: Pick<HttpDeps, 'database'>,
  viewer: Principal,
  read: (transaction: Transaction) => Promise<Found>,
): Promise<Found> => forViewer(deps, viewer).database.transaction(read);

/** @throws {Refusal} `case.not-found`, both for missing and for invisible cases */
export async function assertSeen(
  deps: Pick<HttpDeps, 'database' | 'laws' | 'sheets'>,
  viewer: Principal,
  no: string,
): Promise<void> {
  const sheet = await readAs(deps, viewer, (transaction) => deps.sheets.find(transaction, no));
  if (!sheet) throw unknownCase(no, deps.laws.today());
}

/** For queries that filter by unit; undefined for all. */
export const unitsSeen = ({ sight }: Principal): readonly string[] | undefined =>
  sight.kind === 'all' ? undefined : sight.units;

/** Whether the viewer sees all sheets and may see callers' data, so that they may find a caller's sheets. */
export const seesCallers = ({ sight, roles }: Principal): boolean =>
  sight.kind === 'all' && personalDataOperations.revealCaller.access.some((role) => roles.includes(role));

/** Filter of a worklist: tasks they may do, or tasks of their duties they see. */
export function doerOf({ duties, units, sight }: Principal, scope: 'mine' | 'seen'): Doer | undefined {
  const ofOwn = ofAccused;
  if (scope === 'seen') {
    return sight.kind === 'all' ? undefined : { roles: duties, ofLed: [], ofOwn, parties: units };
  }
  return { roles: duties, ofOwn, ofLed: sight.kind === 'all' ? ['unit'] : null, parties: units };
}

/** Tasks of their duties; a unit's tasks only for its own people. */
export function performerOf({ actor, duties, units, sight, recusedFrom, login, body }: Principal): Performer {
  return {
    actor,
    recusedFrom,
    isAccused: (accused) => isTheAccused(accused, { login, body }),
    does: ({ role, locals }, { unit }) => {
      if (role !== null && !duties.includes(role)) return false;
      const name = unitNamed(unit);
      // The body corrects itself: not even the units above it do so in its place.
      if (role === correcting) return name === body;
      if (role !== null && ofAccused.includes(role) && locals?.unit !== undefined)
        return name !== undefined && units.includes(name);
      const theirs = name !== undefined && units.includes(name);
      return theirs || (sight.kind === 'all' && role !== 'unit');
    },
  };
}
