/** Executes an approved migration in batches, one transaction each; resumable, safe with several programs. */
import { z } from 'zod';
import type { Trail } from '../../accountability/index.js';
import type { Command, Executor } from '../../engine/index.js';
import { defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { casesOn, lockCaseMigration, noteFinished, noteProgress } from './store/case-migration-store.js';

export const migrateJob = defineJob('case.migrate', z.strictObject({ migration: z.int().positive() }), {
  title: '工单换版',
  subject: ({ migration }) => `第 ${migration} 次换版`,
  attempts: 12,
});

/** Small, as in the recomputation, so that a step on one of these cases hardly waits. */
const batch = 20;

interface MigrateDeps {
  readonly database: Database;
  readonly executor: Executor;
  readonly trail: Trail;
  readonly clock: Clock;
}

export function migratingJob(deps: MigrateDeps): Job {
  return handled(migrateJob, async ({ migration }, { signal }) => {
    while (!signal.aborted) {
      if (await deps.database.transaction((transaction) => takeBatch(deps, transaction, migration))) return;
    }
    throw new Error('程序停止，换版没有做完；由别的程序或下次启动接着做');
  });
}

/** @returns whether the migration is finished */
async function takeBatch(
  { executor, trail, clock }: MigrateDeps,
  transaction: Transaction,
  id: number,
): Promise<boolean> {
  const at = clock.now();
  const migration = await lockCaseMigration(transaction, id);
  if (migration.state !== 'running') return true;
  const { key, from, to, mapping, doneUpTo, startedBy } = migration;
  const cases = await casesOn(transaction, [from], doneUpTo, batch);
  const last = cases.at(-1);
  if (!last) {
    await noteFinished(transaction, id, at);
    const { moved, stayed } = migration;
    const body = { migration: id, moved, stayed, actor: '系统' };
    await trail.append(transaction, [{ stream: `definition:${key}`, type: 'migration.finished', at, body }]);
    return true;
  }
  const actor = startedBy ?? '';
  const answers = await executor.executeIn(
    transaction,
    cases.map((one): Command => ({
      kind: 'migrate',
      caseId: one.id,
      at,
      actor,
      migration: id,
      from,
      to,
      mapping,
    })),
  );
  const stayed = cases.flatMap((one, index) => {
    const refusal = answers[index]?.refusal;
    return refusal ? [{ ...one, why: refusal.message }] : [];
  });
  const moved = cases.length - stayed.length;
  await noteProgress(transaction, id, { upTo: last.id, moved, stayed }, at);
  return false;
}
