/** Waits before an export until every entry has its place in the tree and is signed and indexed. */
import {
  findable,
  indexTrail,
  isBehind,
  latestCheckpoint,
  sequence,
  signCheckpoint,
  currentSnapshot,
  type Checkpoint,
} from '../../accountability/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Using } from '../parts.js';

/**
 * If the tree is damaged, the export goes up to the last signed size, since damage must not stop an
 * export.
 *
 * @throws {Refusal} `trail.behind` after five seconds; `trail.key`; `trail.broken` if nothing was
 * ever signed
 */
export async function settled(deps: Using<'clock' | 'database' | 'laws' | 'signer'>): Promise<Checkpoint> {
  const snapshot = await deps.database.transaction(currentSnapshot);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (attempt > 0) await deps.clock.sleep(250);
    let isDamaged = false;
    const checkpoint = await sequence(deps.database)
      .then(() => signCheckpoint(deps))
      .catch(async (error: unknown) => {
        if (!(error instanceof Refusal) || error.code !== 'trail.broken') throw error;
        isDamaged = true;
        return (
          (await deps.database.transaction((transaction) => latestCheckpoint(transaction))) ??
          Promise.reject(error)
        );
      });
    await indexTrail(deps.database);
    if (isDamaged && checkpoint) return checkpoint;
    const ready = await deps.database.transaction(
      async (transaction) =>
        checkpoint !== undefined &&
        !(await isBehind(transaction, snapshot)) &&
        (await findable(transaction)) >= checkpoint.size,
    );
    if (ready && checkpoint) return checkpoint;
  }
  throw new Refusal('trail.behind', '轨迹还有条目没有进入全库的树', {
    remedy: '有事务长时间没有结束；稍后再试',
  });
}
