/**
 * Runs on the first day of a version whose amendment covers running cases. Each running case gets
 * an entry: from now on, the new version applies to what is done, and, if the amendment says so, its
 * running limits are counted anew. Works in small batches and is
 * resumable; cases that have the entry are skipped.
 */
import { z } from 'zod';
import { dayNumberOf, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import type { Command } from '../../engine/index.js';
import { defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { provedVersions } from '../../law/regulation/index.js';
import type { Using } from '../parts.js';

export const applyJob = defineJob('regulation.apply', z.strictObject({ file: z.string() }), {
  title: '正在办理的工单改依条例的新版',
  subject: ({ file }) => file,
  attempts: 12,
});

/** Same size as in a migration, so that a step on one of these cases hardly waits. */
const batch = 20;

type ApplyDeps = Using<'clock' | 'database' | 'executor' | 'trail'>;

export const applyingJob = (deps: ApplyDeps): Job =>
  handled(applyJob, async ({ file }, { signal }) => {
    for (let last = '0'; !signal.aborted;) {
      const next = await deps.database.transaction((transaction) => takeBatch(deps, transaction, file, last));
      if (next === undefined) return;
      last = next;
    }
    throw new Error('程序停止，没有做完；由别的程序或下次启动接着做');
  });

/** @returns the last case's id; undefined when there are no more */
async function takeBatch(
  { executor, trail, clock }: ApplyDeps,
  transaction: Transaction,
  file: string,
  after: string,
): Promise<string | undefined> {
  const version = (await provedVersions(transaction)).find((one) => one.file === file);
  if (!version) return undefined;
  const from = startOfDay(dayNumberOf(parseCivilDate(version.validFrom)));
  const cases = await runningCases(transaction, from, after);
  const trails = await trail.read(
    transaction,
    cases.map(({ key }) => key),
  );
  const left = cases.filter(
    ({ key }) =>
      !trails.get(key)?.some((entry) => entry.type === 'regulation.applied' && entry.body.file === file),
  );
  const at = clock.now();
  const { validFrom } = version;
  // A case that has ended meanwhile is refused, and needs no entry.
  await executor.executeIn(
    transaction,
    left.map(({ id: caseId }): Command => ({
      ...{ kind: 'amend', caseId, at, type: 'regulation.applied' },
      body: { file, version: version.version, validFrom },
      ...(version.recounts ? { recount: true } : {}),
    })),
  );
  return cases.at(-1)?.id;
}

const runningCases = (
  transaction: Transaction,
  before: Date,
  after: string,
): Promise<{ readonly id: string; readonly key: string }[]> =>
  transaction.query(
    `SELECT id::text AS id, business_key AS key FROM case_overview
      WHERE realm = 'live' AND ended_at IS NULL AND started_at < $1 AND case_overview.id > $2::bigint
      ORDER BY case_overview.id LIMIT $3`,
    [before, after, batch],
  );
