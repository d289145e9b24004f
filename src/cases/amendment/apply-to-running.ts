/**
 * Runs on the first day of a version. Each running case gets an entry that says which law binds it,
 * and its holder and caller are told: the new version applies to what is done from now on, and, if so
 * decided, running limits are counted anew; or the case ends under the law of its start. An
 * amendment says which; for a shipped version the policy `transition` does. Works in small batches
 * and is resumable; it skips cases that have the entry, also if the version was recorded anew since.
 */
import { z } from 'zod';
import { dayNumberOf, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import type { Command } from '../../engine/index.js';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { transitions } from '../../kernel/law.js';
import { provedVersions, recordTransition } from '../../law/regulation/index.js';
import type { Using } from '../parts.js';

export const applyJob = defineJob('regulation.apply', z.strictObject({ file: z.string() }), {
  title: '正在办理的工单改依条例的新版',
  subject: ({ file }) => file,
  attempts: 12,
});

/** Same size as in a migration, so that a step on one of these cases hardly waits. */
const batch = 20;

type ApplyDeps = Using<'clock' | 'database' | 'executor' | 'policies' | 'trail'>;

/** Adds the job for each shipped version that others preceded; every program does so at every start. */
export const scheduleLaws = ({ database }: Using<'database'>): Promise<void> =>
  database.transaction(async (transaction) => {
    const versions = await provedVersions(transaction);
    const [first] = versions.map(({ validFrom }) => validFrom).sort();
    addJobs(
      transaction,
      applyJob,
      versions
        .filter(({ transition, validFrom }) => transition === null && validFrom !== first)
        .map(({ file, validFrom }) => ({
          ...{ payload: { file }, key: `${applyJob.name} ${file}`, runAt: dayBegun(validFrom) },
        })),
    );
  });

const dayBegun = (day: string): Date => startOfDay(dayNumberOf(parseCivilDate(day)));

export const applyingJob = (deps: ApplyDeps): Job =>
  handled(applyJob, async ({ file: named }, { signal }) => {
    const file = await deps.database.transaction((transaction) => bindingFile(deps, transaction, named));
    for (let last = '0'; !signal.aborted;) {
      const next = await deps.database.transaction((transaction) => takeBatch(deps, transaction, file, last));
      if (next === undefined) return;
      last = next;
    }
    throw new Error('程序停止，没有做完；由别的程序或下次启动接着做');
  });

/** Records what the policy decides, if a shipped version is to bind running cases. @returns the file that binds */
async function bindingFile(deps: ApplyDeps, transaction: Transaction, named: string): Promise<string> {
  const versions = await provedVersions(transaction);
  const version = versions.find(({ file }) => file === named);
  if (!version || version.transition !== null) return named;
  const decided = versions.find(
    (one) =>
      one.version === version.version && one.validFrom === version.validFrom && one.transition !== null,
  );
  if (decided) return decided.file;
  await deps.policies.refresh(transaction);
  const value = deps.policies.at(dayBegun(version.validFrom)).value('transition');
  const transition = transitions.find((one) => one === value) ?? 'old';
  if (transition === 'old') return named;
  return recordTransition(deps, transaction, version, { at: deps.clock.now(), transition });
}

/** @returns the last case's id; undefined when there are no more */
async function takeBatch(
  { executor, trail, clock }: ApplyDeps,
  transaction: Transaction,
  file: string,
  after: string,
): Promise<string | undefined> {
  const version = (await provedVersions(transaction)).find((one) => one.file === file);
  if (!version) return undefined;
  const from = dayBegun(version.validFrom);
  const type = version.appliesToRunning ? 'regulation.applied' : 'regulation.kept';
  const cases = await runningCases(transaction, from, after);
  const trails = await trail.read(
    transaction,
    cases.map(({ key }) => key),
  );
  const { validFrom } = version;
  const left = cases.filter(
    ({ key }) =>
      !trails
        .get(key)
        ?.some(
          (entry) =>
            entry.type === type &&
            entry.body.version === version.version &&
            entry.body.validFrom === validFrom,
        ),
  );
  const at = clock.now();
  // A case that has ended meanwhile is refused, and needs no entry.
  await executor.executeIn(
    transaction,
    left.map(({ id: caseId }): Command => ({
      ...{ kind: 'amend', caseId, at, type },
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
