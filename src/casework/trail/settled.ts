/** Before an export: waits until every entry has its place in the tree and is signed and indexed. */
import {
  findable,
  indexTrail,
  isBehind,
  sequence,
  signCheckpoint,
  currentSnapshot,
  type Checkpoint,
  type LogSigner,
} from '../../accountability/index.js';
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';

/** @throws {Refusal} `trail.behind` after five seconds; `trail.key` */
export async function settled(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly signer: LogSigner;
}): Promise<Checkpoint> {
  const snapshot = await deps.database.transaction(currentSnapshot);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (attempt > 0) await deps.clock.sleep(250);
    await sequence(deps.database);
    const checkpoint = await signCheckpoint(deps);
    await indexTrail(deps.database);
    const ready = await deps.database.transaction(
      async (transaction) =>
        checkpoint !== undefined &&
        !(await isBehind(transaction, snapshot)) &&
        (await findable(transaction)) >= checkpoint.size,
    );
    if (ready && checkpoint) return checkpoint;
  }
  throw new Refusal('trail.behind', '轨迹还有条目没有进入全库的树', {
    remedy: '有事务长时间没有结束;稍后再试',
  });
}
