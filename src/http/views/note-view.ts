/** Who may read internal notes. */
import { actorOf } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { struckNotes } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';

/**
 * Numbers of the notes with a hidden text: a struck-out note to everybody but its writer, and every
 * note to other systems, because notes are internal.
 */
export function closedNotes(trail: readonly TrailEntry[], viewer: Principal): ReadonlySet<number> {
  const struck = struckNotes(trail);
  const isClosed = (entry: TrailEntry): boolean =>
    'system' in viewer || (struck.has(entry.seq) && actorOf(entry) !== viewer.actor);
  return new Set(
    trail.flatMap((entry) => (entry.type === 'note.added' && isClosed(entry) ? [entry.seq] : [])),
  );
}
