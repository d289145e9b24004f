/** Who is shown what internal notes say. */
import { actorOf } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { struckNotes } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';

/**
 * Numbers of the notes whose text is closed: what was struck out to everybody but its writer, and all of them to other
 * systems, since notes do not leave the house.
 */
export function closedNotes(trail: readonly TrailEntry[], viewer: Principal): ReadonlySet<number> {
  const struck = struckNotes(trail);
  const isClosed = (entry: TrailEntry): boolean =>
    'system' in viewer || (struck.has(entry.seq) && actorOf(entry) !== viewer.actor);
  return new Set(
    trail.flatMap((entry) => (entry.type === 'note.added' && isClosed(entry) ? [entry.seq] : [])),
  );
}
