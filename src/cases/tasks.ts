/** Reads and completes open tasks. */
import { Refusal, type JsonObject } from '../kernel/index.js';
import { actorOf, enteredIn, subjectOf } from '../accountability/events/index.js';
import {
  loadCases,
  lockCases,
  type Answer,
  type CaseFile,
  type ElementAnnotation,
  type OpenTask,
} from '../engine/index.js';
import type { Transaction } from '../platform/database/index.js';
import { assertEarlierSheets } from './earlier-sheets.js';
import { assertWordsAsRecorded } from './altered.js';
import { clearEmergency } from './intake/store/emergency-marks.js';
import { wordRows } from '../sheet/index.js';
import { accusedOfInstance } from './accused.js';
import { answeredTask, askedOfRegister } from './answered-task.js';
import { assertNoneWithdrawn } from './units.js';
import { correcting } from '../kernel/accused.js';
import { lawOf } from '../kernel/law.js';
import { roleName } from '../kernel/role-name.js';
import type { Using } from './parts.js';

export type TaskDeps = Using<'clock' | 'database' | 'definitions' | 'executor' | 'laws' | 'trail' | 'units'>;

/**
 * `case~instance~token~opened~element`. A token may return to a task in a loop: element and opening instant identify
 * one visit, so that an old form cannot complete a later task. `~` occurs in no BPMN id and needs no encoding in URLs.
 */
export const taskId = (
  caseId: string,
  { instance, token, element, openedAt }: Pick<OpenTask, 'instance' | 'token' | 'element' | 'openedAt'>,
): string => [caseId, instance, token, openedAt.getTime().toString(36), element].join('~');

export interface TaskView {
  readonly id: string;
  readonly file: CaseFile;
  readonly no: string;
  readonly task: OpenTask;
  readonly element: ElementAnnotation;
  /** Name of another element of the same process. */
  nameOf(element: string): string;
}

/** @throws {Refusal} `task.not-found`, `task.closed` */
export async function readTask(deps: TaskDeps, id: string): Promise<TaskView> {
  return deps.database.transaction(async (transaction) =>
    openTask(deps, transaction, id, await loadCases(transaction, [partsOf(id).caseId])),
  );
}

export interface Performer {
  /** The person's unique name in the trail. */
  readonly actor: string;
  /** Numbers of sheets that the person is recused from. */
  readonly recusedFrom?: readonly string[];
  /** Whether the person may do the task: by role, and by unit for a unit's task. */
  does(task: OpenTask, variables: JsonObject): boolean;
  /** Whether the person, or their unit, is this accused. */
  isAccused?(accused: string): boolean;
}

/**
 * Completes a task now.
 *
 * @param answers by field key
 * @throws {Refusal} `task.not-found`, `task.closed` (already completed, or an old form),
 * `task.not-yours`, `input.invalid`, `unit.not-found`, `unit.withdrawn`, `sheet.not-earlier`, `case.altered`
 */
export async function completeTask(
  deps: TaskDeps,
  id: string,
  answers: JsonObject,
  performer: Performer,
): Promise<CaseFile> {
  return deps.database.transaction((transaction) =>
    completeTaskIn(deps, transaction, id, answers, performer),
  );
}

/** Runs within the caller's transaction. */
export async function completeTaskIn(
  deps: TaskDeps,
  transaction: Transaction,
  id: string,
  answers: JsonObject,
  performer: Performer,
): Promise<CaseFile> {
  // The lock comes before reading: of two concurrent completions the second must find the task
  // closed.
  const files = await lockCases(transaction, [partsOf(id).caseId]);
  const view = await openTask(deps, transaction, id, files);
  await mayAct(deps, transaction, view, performer);
  await assertSaidSo(deps, transaction, view.no);
  const at = deps.clock.now();
  const submitted = { ...view, answers, definitions: deps.definitions };
  const asked = askedOfRegister(submitted);
  const said = {
    units: await deps.units.among(transaction, asked.units),
    bodyKinds: deps.units.bodyKinds,
    path: asked.accused === undefined ? undefined : await deps.units.pathOf(transaction, asked.accused),
  };
  const told = answeredTask(submitted, said, { at, law: deps.laws.today() });
  const stated = { answers: told.variables, variables: view.file.variables };
  assertNoneWithdrawn(view.element, stated, deps.laws.ofCase(view.file));
  await assertEarlierSheets(deps, transaction, view, told.variables);
  const [answer] = await deps.executor.executeIn(transaction, [
    {
      kind: 'stimulate',
      caseId: partsOf(id).caseId,
      instance: view.task.instance,
      stimulus: { kind: 'complete', task: view.task.element, token: view.task.token },
      at,
      actor: performer.actor,
      ...told,
    },
  ]);
  const after = completed(answer, id);
  if (view.task.deeds.includes('matter.registered')) await clearEmergency(transaction, view.no, at);
  return after;
}

/** Checks the recorded words of a case that has a sheet. */
async function assertSaidSo(
  { trail, laws }: Pick<TaskDeps, 'trail' | 'laws'>,
  transaction: Transaction,
  no: string,
): Promise<void> {
  const [row] = await wordRows(transaction, [no]);
  if (!row) return;
  const entries = (await trail.read(transaction, [no])).get(no) ?? [];
  assertWordsAsRecorded(no, row, entries, laws.today());
}

function completed(answer: Answer | undefined, id: string): CaseFile {
  if (answer?.refusal?.code === 'stimulus.not-waiting' || answer?.refusal?.code === 'stimulus.ended') {
    throw closed(id, answer.refusal);
  }
  if (answer?.refusal) throw answer.refusal;
  if (!answer?.file) throw taskNotFound(id);
  return answer.file;
}

/** Call within the transaction that loaded the files. @throws {Refusal} `task.not-found`, `task.closed` */
export async function openTask(
  deps: TaskDeps,
  transaction: Transaction,
  id: string,
  files: ReadonlyMap<string, CaseFile>,
): Promise<TaskView> {
  const asked = partsOf(id);
  const file = files.get(asked.caseId);
  if (!file || asked.instance < 1 || asked.instance > file.instanceCount) throw taskNotFound(id);
  const task = [...file.tasks.values()].find((open) => taskId(file.id, open) === id);
  const instance = task && file.instances.get(task.instance);
  if (!task || !instance) throw closed(id);
  await deps.definitions.prepare(transaction, [file]);
  const { annotations } = deps.definitions.byId(instance.definitionId);
  const element = annotations.element(task.element);
  if (!element) throw closed(id);
  const nameOf = (other: string): string => annotations.element(other)?.name ?? other;
  return { id, file, no: file.businessKey, task, element, nameOf };
}

/** Checks role and separation of duties: a person who did one of the named tasks of this case may not do this one. */
async function mayAct(
  deps: TaskDeps,
  transaction: Transaction,
  view: TaskView,
  performer: Performer,
): Promise<void> {
  const { name, notBy, norms } = view.element;
  const provision = norms[0] ? { provision: norms[0].provision } : {};
  const { actor } = performer;
  if (performer.recusedFrom?.includes(view.no)) {
    throw new Refusal('task.not-yours', `${actor} 须回避工单 ${view.no}`, {
      where: view.element.id,
      remedy: '请由他人办理',
      provision: lawOf('recusal', deps.laws.ofCase(view.file)),
    });
  }
  // A task repeated for several units belongs to the unit of its repetition.
  if (!performer.does(view.task, { ...view.file.variables, ...view.task.locals })) {
    const { role } = view.task;
    if (role !== view.element.role) {
      throw new Refusal(
        'task.not-yours',
        `“${name}”现由${roleName(role, deps.laws.today()) ?? '别的机构'}代办，不归 ${actor} 办理：本来办它的机构被投诉、举报，或者有直接利害关系`,
        {
          where: view.element.id,
          remedy: '请由代办的机构办理；登记以外的事不再由本来的机构办',
          provision: lawOf('recusal-of-persons', deps.laws.ofCase(view.file)),
        },
      );
    }
    throw new Refusal('task.not-yours', `“${name}”不归 ${actor} 办理`, {
      where: view.element.id,
      remedy: '请由这个环节的岗位、单位办理',
      ...provision,
    });
  }
  const accused = accusedOfInstance(view.file, view.task.instance, deps.definitions);
  if (accused !== undefined && view.task.role !== correcting && performer.isAccused?.(accused) === true) {
    throw new Refusal(
      'task.not-yours',
      `${actor} 就是被指控的人，或者是被指控的单位的人：“${name}”不能由自己办`,
      {
        where: view.element.id,
        remedy: '请由上级机关、监察机关的其他人办理',
        provision: lawOf('recusal-of-persons', deps.laws.ofCase(view.file)),
      },
    );
  }
  if (notBy.length === 0) return;
  const done = (await deps.trail.history(transaction, view.no))
    .filter((entry) => actorOf(entry) === actor)
    .flatMap((entry) =>
      // A message counts by its catching event, because an applicant must not decide on their own
      // application.
      entry.type === 'message.received' ? enteredIn(entry) : [subjectOf(entry) ?? ''],
    )
    .find((element) => notBy.includes(element));
  if (done === undefined) return;
  throw new Refusal('task.not-yours', `${actor} 已办过本工单的“${view.nameOf(done)}”，不得再办“${name}”`, {
    where: view.element.id,
    remedy: '请由他人办理',
    ...provision,
  });
}

const idPattern = /^(\d{1,18})~(\d{1,9})~[^~]{1,200}~[0-9a-z]{1,12}~[^~]{1,200}$/;

/** @throws {Refusal} `task.not-found` */
export const caseOfTask = (id: string): string => partsOf(id).caseId;

function partsOf(id: string): { readonly caseId: string; readonly instance: number } {
  const [, caseId, instance] = idPattern.exec(id) ?? [];
  if (caseId === undefined || instance === undefined) throw taskNotFound(id);
  return { caseId, instance: Number(instance) };
}

export const taskNotFound = (id: string): Refusal =>
  new Refusal('task.not-found', `没有编号为“${id.slice(0, 60)}”的待办`, { remedy: '从待办列表里重新打开' });

const closed = (id: string, cause?: Refusal): Refusal =>
  new Refusal('task.closed', `待办“${id.slice(0, 60)}”已经办过，或因流程推进而失效`, {
    remedy: '刷新待办列表；如需更正，请在工单的当前环节办理',
    ...(cause ? { cause } : {}),
  });
