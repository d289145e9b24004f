/** The caller's view of a case: progress, deadline, and the visible results. Nothing else. */
import type { Said } from '../contract/operation.js';
import { isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import {
  answersToCaller,
  limitsToldOf,
  mayBeTold,
  receivingEvent,
  mayRate,
  mayUrge,
  outcomeToldOf,
  promisedToldOf,
  ratings,
  unitToldOf,
  sharesOf,
  type CaseView,
} from '../../cases/index.js';
import { civilDateOfDay, dayOfLimit } from '../../kernel/civil-date.js';
import type { DefinitionStore } from '../../engine/index.js';
import type { Law } from '../../kernel/law.js';
import type { Catalogue } from '../../law/regulation/index.js';
import type { progress } from '../contract/progress.js';
import { provisionView } from './provision-view.js';
import { timeTakenOf, type TimeTakenAsked } from './time-taken-view.js';

const stageNames = {
  accepted: '已受理，正在登记、转办',
  handling: '承办单位办理中',
  checking: '承办单位已反馈，正在审核、回访',
  ended: '已办结',
} as const;

type Progress = Said<typeof progress>;

/** @param law of the case */
export function progressView(
  view: CaseView,
  definitions: DefinitionStore,
  catalogue: Catalogue,
  asked: TimeTakenAsked,
  law: Law,
): Progress {
  const { file, sheet } = view;
  const { now } = asked;
  const stage = stageOf(view, definitions);
  return {
    no: sheet.no,
    receivedAt: sheet.receivedAt,
    stage,
    stageName: stageNames[stage],
    unit: unitToldOf(view),
    limits: limitsToldOf(view).map(({ name, dueAt, paused }) => ({
      name,
      due: paused ? null : dueAt,
      dueDate: paused ? null : civilDateOfDay(dayOfLimit(dueAt)),
    })),
    promisedDate: promisedToldOf(view),
    answers: view.trail.flatMap((entry) => answersToCaller({ catalogue, law }, entry)),
    timeTaken: timeTakenView(view, catalogue, asked),
    said: view.trail.flatMap(saidIn),
    may: mayView(view, definitions, law, now),
    endedAt: file.endedAt,
    outcome: outcomeToldOf(view),
  };
}

/** Leaves out supervision, and the unit's name if the caller asked for confidentiality. */
function timeTakenView(view: CaseView, catalogue: Catalogue, asked: TimeTakenAsked): Progress['timeTaken'] {
  const timeTaken = timeTakenOf(view, catalogue, asked);
  const unitTold = unitToldOf(view) !== null;
  return {
    minutes: timeTaken.minutes,
    workingMinutes: timeTaken.workingMinutes,
    answered: timeTaken.answered,
    parts: sharesOf(timeTaken.stretches).map((one) => ({
      ...one,
      unit: unitTold ? one.unit : null,
      articles: one.articles.map(provisionView),
    })),
  };
}

/** Says that the caller did something, not what they wrote, because the page shows nothing of the matter. */
function saidIn(entry: TrailEntry): Progress['said'] {
  if (!isSound(entry)) return [];
  const at = entry.at;
  if (entry.type === 'caller.added') return [{ at, what: 'added', rating: null }];
  if (entry.type === 'caller.urged') return [{ at, what: 'urged', rating: null }];
  return entry.type === 'caller.rated' ? [{ at, what: 'rated', rating: ratingOf(entry.body.rating) }] : [];
}

const ratingOf = (given: string) => ratings.find((one) => one === given) ?? null;

/** The message by which a caller demands an explanation. */
export const explanationRequested = 'explanation-requested';

/** Whether a norm lets the caller demand an explanation, and a diagram receives the demand. */
export function mayDemand({ file }: CaseView, definitions: DefinitionStore, { claims }: Law, now: Date) {
  const received = receivingEvent(definitions, file, explanationRequested, now);
  return claims.some(({ deed }) => received?.deeds.some(({ name }) => name === deed));
}

/** An act that the diagrams would refuse is not offered, nor an explanation that no norm lets the caller demand. */
export function mayView(view: CaseView, definitions: DefinitionStore, law: Law, now: Date): Progress['may'] {
  const { file, trail } = view;
  const open = file.endedAt === null;
  return {
    add: true,
    urge: open && mayUrge(trail, now),
    explain:
      mayDemand(view, definitions, law, now) && mayBeTold(definitions, file, explanationRequested, now),
    rate: mayRate(trail, !open),
    // Whatever channel the sheet came by: the code is given only to its caller, so it proves who
    // withdraws.
    withdraw: open && mayBeTold(definitions, file, 'withdrawal-told', now),
  };
}

function stageOf({ file, processes }: CaseView, definitions: DefinitionStore): keyof typeof stageNames {
  if (file.endedAt) return 'ended';
  if (!processes.some(({ key }) => key === 'handling')) return 'accepted';
  const checking = [...file.tasks.values()].some((task) => {
    const instance = file.instances.get(task.instance);
    return (
      instance &&
      definitions.byId(instance.definitionId).annotations.element(task.element)?.role === 'reviewer'
    );
  });
  return checking ? 'checking' : 'handling';
}
