/** A month's assessment run: state, and acts of units and assessors. */
import { actorOf } from '../../accountability/events/index.js';
import {
  listPublications,
  publicationStatus,
  deedOf,
  type Period,
  type PublicationKind,
} from '../../measures/assessment/index.js';
import { loadCasesByKey, type CaseFile, type ElementAnnotation, type OpenTask } from '../../engine/index.js';
import { isJsonObject, Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import { sendMessage } from '../messages.js';
import { completeTask, taskId, type Performer, type TaskDeps } from '../tasks.js';
import { runKey } from './close-period.js';
import type { Official } from './exclusions.js';
import { lawOf, type Law } from '../../kernel/law.js';

export interface Run {
  readonly file: CaseFile;
  readonly tasks: readonly {
    readonly id: string;
    readonly task: OpenTask;
    readonly element: ElementAnnotation | undefined;
  }[];
  /** End of the period for objections. */
  readonly objectionsUntil: Date | null;
  readonly objections: readonly JsonObject[];
}

type RunDeps = Pick<TaskDeps, 'database' | 'definitions'>;

export async function readRun(deps: RunDeps, period: Period): Promise<Run | undefined> {
  const key = runKey('live', period);
  return deps.database.transaction(async (transaction) => {
    const file = (await loadCasesByKey(transaction, [key])).get(key);
    if (!file) return undefined;
    await deps.definitions.prepare(transaction, [file]);
    const tasks = [...file.tasks.values()].map((task) => {
      const definition = file.instances.get(task.instance)?.definitionId ?? 0;
      const element = deps.definitions.byId(definition).annotations.element(task.element);
      return { id: taskId(file.id, task), task, element };
    });
    const limit = [...file.deadlines.values()].find(({ instance, element }) => {
      const definition = file.instances.get(instance)?.definitionId ?? 0;
      return deps.definitions.byId(definition).annotations.element(element)?.clock === 'objection';
    });
    const objections = listOf(file.variables.objections).filter(isJsonObject);
    return { file, tasks, objectionsUntil: limit?.dueAt ?? null, objections };
  });
}

/** Objections are ruled on with a form of their own. */
export const isRuling = ({ deeds }: Pick<OpenTask, 'deeds'>): boolean => deeds.includes('objection.ruled');

/** Text of an objection, which the trail stores sealed. */
export interface ObjectionGround {
  readonly ground: string;
  readonly raisedBy: string;
  /** Number of the entry that proves the text. */
  readonly seq: number;
}

/** Grounds by objection number. */
export async function objectionGrounds(
  { database, trail }: Pick<TaskDeps, 'database' | 'trail'>,
  { file: { businessKey }, objections }: Run,
): Promise<ObjectionGround[]> {
  if (objections.length === 0) return [];
  const trails = await database.transaction((transaction) => trail.read(transaction, [businessKey]));
  return (trails.get(businessKey) ?? [])
    .filter((entry) => entry.type === 'message.received' && entry.body.of === 'objection-raised')
    .map((entry) => ({
      ground: entry.sealed['objectionGround'] ?? '',
      raisedBy: actorOf(entry) ?? '',
      seq: entry.seq,
    }));
}

/** @throws {Refusal} `assessment.not-found` */
async function runOf(deps: RunDeps, period: Period): Promise<Run> {
  const run = await readRun(deps, period);
  if (run) return run;
  throw new Refusal('assessment.not-found', `${period} 还没有开始考核`, { remedy: '等周期结束并关闭之后' });
}

/**
 * Records a unit's objection to its own figure.
 *
 * @throws {Refusal} `assessment.not-found`, `assessment.not-yours`, `assessment.closed` outside the
 * period for objections
 */
export async function raiseObjection(
  deps: TaskDeps,
  official: Pick<Official, 'actor' | 'units'>,
  period: Period,
  { unit, measure, ground }: { readonly unit: string; readonly measure: string; readonly ground: string },
): Promise<void> {
  const run = await runOf(deps, period);
  if (!official.units.includes(unit)) {
    throw new Refusal('assessment.not-yours', `只能就本单位的数字提出异议，${unit} 不是`, {
      where: 'unit',
      provision: lawOf('assessment-results', deps.laws.ofCase(run.file)),
      remedy: '由该单位提出',
    });
  }
  if (run.objectionsUntil === null || run.objectionsUntil <= deps.clock.now()) {
    throw new Refusal('assessment.closed', `${period} 不在异议期内`, {
      provision: lawOf('assessment-results', deps.laws.ofCase(run.file)),
      remedy: '异议期自公布初步结果起算，长短由政策 objectionLimit 决定',
    });
  }
  const answers = { objectionUnit: unit, objectionMeasure: measure, objectionGround: ground };
  await sendMessage(deps, run.file.businessKey, 'objection-raised', official.actor, answers);
}

export interface ObjectionRuling {
  readonly upheld: boolean;
  /** The corrected count, if the objection is upheld. */
  readonly corrected: { readonly met: number; readonly of: number } | null;
  readonly reason: string;
}

/**
 * @throws {Refusal} `assessment.not-found`, `assessment.not-yours` for members of the objecting
 * unit, `assessment.settled`, `assessment.invalid` for an impossible correction, `task.not-yours`
 * for those who published or confirmed the results
 */
export async function decideObjection(
  deps: TaskDeps,
  official: Pick<Official, 'actor' | 'units'>,
  performer: Performer,
  ruling: ObjectionRuling & { readonly period: Period; readonly number: number },
): Promise<void> {
  const { period, number, upheld, corrected, reason } = ruling;
  const run = await runOf(deps, period);
  const objection = run.objections.find((one) => one.number === number);
  if (!objection) {
    throw new Refusal('assessment.not-found', `${period} 没有第 ${number} 号异议`, { remedy: '核对编号' });
  }
  if (objection.result !== null) {
    throw new Refusal('assessment.settled', `第 ${number} 号异议已经裁定`, { remedy: '查看裁定' });
  }
  if (typeof objection.unit === 'string' && official.units.includes(objection.unit)) {
    throw new Refusal('assessment.not-yours', `${objection.unit} 的异议不得由本单位的人裁定`, {
      provision: lawOf('assessment-results', deps.laws.ofCase(run.file)),
      remedy: '请由其他单位的考核人员裁定',
    });
  }
  if (upheld && (!corrected || corrected.met > corrected.of)) {
    throw new Refusal('assessment.invalid', '异议成立的，须写明更正后的分子和分母，分子不大于分母', {
      where: 'corrected',
      remedy: '写明 corrected.met 和 corrected.of',
    });
  }
  // Any open ruling task will do: the form says which objection is decided.
  const open = run.tasks.find(({ task }) => isRuling(task));
  if (!open) {
    throw new Refusal('assessment.settled', `第 ${number} 号异议已经裁定`, { remedy: '查看裁定' });
  }
  const answers: JsonObject = {
    objectionNumber: number,
    objectionResult: upheld ? 'upheld' : 'rejected',
    objectionNumerator: corrected?.met ?? null,
    objectionDenominator: corrected?.of ?? null,
    objectionReason: reason,
  };
  await completeTask(deps, open.id, answers, performer);
}

/**
 * Completes a task of the run other than the ruling on an objection. The rectification task of a
 * poor unit belongs to its people; the others belong to those with the duty.
 *
 * @throws {Refusal} `assessment.not-found`, `task.closed`, `task.not-yours`, `input.invalid`,
 * `publication.missing`
 */
export async function completeRunTask(
  deps: TaskDeps,
  performer: Performer,
  period: Period,
  id: string,
  answers: JsonObject,
): Promise<void> {
  const { file, tasks } = await runOf(deps, period);
  const asked = tasks.find((open) => open.id === id && !isRuling(open.task));
  if (!asked) {
    throw new Refusal('task.closed', `${period} 的考核没有这项待办，或者已经办过`, {
      remedy: '刷新考核页面，按当前环节办理',
    });
  }
  await assertPublished(deps, period, asked.task, deps.laws.ofCase(file));
  await completeTask(deps, id, answers, {
    actor: performer.actor,
    does: (task, variables) =>
      performer.does(task, { ...variables, unit: poorUnitOf(task) ?? variables.unit ?? null }),
  });
}

/** Tasks of publication require a published document, not just a number in the form. */
async function assertPublished(
  { database }: Pick<TaskDeps, 'database'>,
  period: Period,
  { deeds, name }: OpenTask,
  law: Law,
): Promise<void> {
  const kind = (Object.keys(deedOf) as PublicationKind[]).find((one) => deeds.includes(deedOf[one]));
  if (kind === undefined) return;
  const versions = await database.transaction((transaction) => listPublications(transaction, period));
  if (versions.some((one) => one.kind === kind && publicationStatus(one.acts).state === 'published')) return;
  const [what, provision] =
    kind === 'circular' ? ['通报', lawOf('assessment-results', law)] : ['公开', lawOf('publication', law)];
  throw new Refusal('publication.missing', `${period} 的${what}还没有发布，“${name}”不能办结`, {
    where: 'id',
    provision,
    remedy: `在考核页的“公开和通报”里，由他人批准、再发布${what}；发布之时这一步自己办结`,
  });
}

/** The unit of a rectification task. */
export const poorUnitOf = ({ locals }: Pick<OpenTask, 'locals'>): string | undefined =>
  typeof locals?.poorUnit === 'string' ? locals.poorUnit : undefined;

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
