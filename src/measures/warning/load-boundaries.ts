import { createHash } from 'node:crypto';
import { appendWarningEntry, warningEntry, type WarningDeps } from './append-entry.js';
import { boundariesOf, boundaryDigest, replaceBoundaries } from '../../sheet/districts/index.js';

/**
 * Replaces the district boundaries, with a trail entry.
 *
 * @returns the districts' names
 * @throws {Refusal} `file.unreadable`
 */
export async function loadBoundaries(
  deps: Pick<WarningDeps, 'database' | 'clock' | 'changes' | 'laws' | 'trail'>,
  text: string,
  actor: string,
): Promise<readonly string[]> {
  const boundaries = boundariesOf(text);
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  await deps.database.transaction(async (transaction) => {
    await replaceBoundaries(transaction, boundaries);
    const body = { actor, districts: boundaries.length, sha256, content: boundaryDigest(boundaries) };
    const said = warningEntry(deps, 'districts.loaded', deps.clock.now(), body);
    await appendWarningEntry(deps, transaction, said);
  });
  return boundaries.map(({ name }) => name);
}
