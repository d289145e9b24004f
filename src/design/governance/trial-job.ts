/** Executes the trial of a draft and reports progress. Repeatable. */
import type { Trail } from '../../accountability/index.js';
import type { ReplayReport, Reports, RunningCasesReport, ScenarioReport } from '../compliance/index.js';
import { definitionOf, definitionSet, type Definitions, type DefinitionStore } from '../../engine/index.js';
import { handled, type Job } from '../../platform/jobs/index.js';
import { Refusal, type Log } from '../../kernel/index.js';
import {
  pastCases,
  runTrialInWorker,
  usualWalks,
  type PastCase,
  type Trial,
  type TrialProgress,
} from '../rehearsal/index.js';
import type { GovernanceDeps } from './drafts.js';
import { dayOf } from './law-to-come.js';
import { movability, type LookingDeps } from './running-cases.js';
import { submitShipped } from './submit-shipped.js';
import { readDraft, sourceOf } from './store/draft-store.js';
import { finishTrial, noteTrialProgress, readTrial } from './store/trial-store.js';
import { idsOfVersions } from './store/version-store.js';
import { trialJob } from './trial.js';

/** Past cases replayed. */
const mostReplayed = 1000;
/** Milliseconds for the second opinion. The library takes some tens of them a step. */
const onBothEngines = 120_000;
/** Progress updates per stage. */
const steps = 20;

type TrialDeps = GovernanceDeps &
  LookingDeps & {
    readonly trail: Trail;
    readonly log: Log;
    readonly mostOnBothEngines?: number | undefined;
    readonly mostWalks?: number | undefined;
  };

export function triallingJob(deps: TrialDeps): Job {
  return handled(trialJob, async (order, { signal, attempt }) => {
    try {
      await tryDraft(deps, order, signal);
    } catch (error) {
      // The officer sees the message of a refusal; other errors get a general message.
      if (error instanceof Refusal || signal.aborted) throw error;
      deps.log.error('试跑草案出错', error, { ...order, attempt });
      throw new Error('程序出错，系统管理员可查日志', { cause: error });
    }
  });
}

async function tryDraft(
  deps: TrialDeps,
  { draft: id, revision }: { readonly draft: number; readonly revision: number },
  signal: AbortSignal,
): Promise<void> {
  const { database, clock } = deps;
  const now = clock.now();
  const { draft, source } = await database.transaction(async (transaction) => ({
    draft: await readDraft(transaction, id, now),
    source: await sourceOf(transaction, id, revision),
  }));
  // The draft was saved meanwhile, so the older bytes no longer matter.
  if (draft.revision !== revision) return;
  const { key, sha256 } = draft;
  const day = await dayOf(deps, draft);
  const ground = await deps.ground(day);
  const tried = { key, sha256, ground: ground.digest };
  const known = await database.transaction((transaction) => readTrial(transaction, tried));
  if (!known?.reports) {
    const notes = progressNotes((progress) =>
      database.transaction((transaction) => noteTrialProgress(transaction, tried, progress)),
    );
    const cases: PastCase[] = [];
    // Past cases were lived under other laws than one to come.
    if (day === undefined) for await (const past of pastCases(deps, mostReplayed, now)) cases.push(past);
    const { mostOnBothEngines = onBothEngines, mostWalks = usualWalks } = deps;
    const order = { ...ground, draft: source, cases, mostOnBothEngines, mostWalks };
    const trial = await runTrialInWorker(order, notes.tell, signal);
    await notes.written();
    // A case keeps the table of its start, so nothing migrates.
    const none = { sha256, running: 0, more: false, cannotMove: 0, hindrances: [] };
    const runningCases = draft.kind === 'decision' ? none : await running(deps, draft, source);
    const reports = { ...told(trial, sha256), runningCases };
    await database.transaction((transaction) => finishTrial(transaction, tried, reports, clock.now()));
  }
  if (draft.origin === 'shipped' && draft.state === 'draft') await submitShipped(deps, draft);
}

/** Serialised writes, at most `steps` per stage. */
function progressNotes(write: (progress: TrialProgress) => Promise<void>) {
  let writing = Promise.resolve();
  return {
    tell: (progress: TrialProgress): void => {
      const { done, of } = progress;
      if (Math.floor((done * steps) / of) === Math.floor(((done - 1) * steps) / of)) return;
      // These writes report only progress; a database failure also fails the job itself.
      writing = writing.then(() => write(progress)).catch(() => undefined);
    },
    written: () => writing,
  };
}

const mostFailures = 3;

function told(
  { scenarios, replay }: Trial,
  sha256: string,
): { readonly scenarios: ScenarioReport; readonly replay: ReplayReport } {
  const { cases, incomparable, unfit, outcome, escalation, differences } = replay;
  return {
    scenarios: {
      sha256,
      scenarios: scenarios.scenarios,
      failed: scenarios.failed.map(({ title, provisions, walked, failures }) => ({
        title,
        provisions,
        walked,
        reason: failures.slice(0, mostFailures).join('；'),
      })),
      differing: scenarios.differing,
      coverage: scenarios.coverage,
      engines: scenarios.engines,
      behaviour: scenarios.behaviour,
    },
    replay: { sha256, cases, incomparable, unfit, outcome, escalation, differing: differences },
  };
}

/** Id of the undeployed draft. */
const draftId = -1;

async function running(
  deps: TrialDeps,
  { key, sha256 }: { readonly key: string; readonly sha256: string },
  source: string,
): Promise<NonNullable<Reports['runningCases']>> {
  const from = await deps.database.transaction((transaction) => idsOfVersions(transaction, key));
  const found = (await definitionSet([source])).inForce(key, deps.clock.now());
  if (!found) throw new Refusal('definition.not-found', `草案里没有“${key}”`);
  const deployed = { ...found, id: draftId };
  const onto = (store: DefinitionStore): Definitions => ({
    ...store,
    byId: (id) => (id === draftId ? deployed : store.byId(id)),
    pinned: (one, called) =>
      one.id === draftId
        ? definitionOf(one.definition.diagram, {
            processId: key,
            called: new Map(Object.entries(called).map(([name, id]) => [name, store.byId(id).definition])),
          })
        : store.pinned(one, called),
  });
  const report = await movability(deps, { from, to: draftId, mapping: {}, onto }, deps.clock.now());
  const { examined, more, movable, hindrances } = report;
  return {
    sha256,
    running: examined,
    more,
    cannotMove: examined - movable,
    hindrances,
  } satisfies RunningCasesReport;
}
