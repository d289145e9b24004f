/** Sheets for the measures: handed over, handled, called back, only by people of this part. */
import { expect } from 'chai';
import { waterCut, type WorkOrderView } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import type { Call, Day } from './day.js';

export const first = '度量甲局';
export const second = '度量乙局';
export const third = '度量丙局';

export const hour = 3_600_000;

export interface Accepted extends WorkOrderView {
  readonly callerSecret: string;
}

export const ofHotline = (day: Day, name: string, role: 'intake' | 'reviewer' | 'supervisor' | 'assessor') =>
  day.person({ login: `measures-${name}`, name, roles: [role] });

/** Who handles the sheets of that unit. */
export const ofUnit = (day: Day, unit: string): Promise<SignedIn> =>
  day.person({
    ...{ login: `measures-of-${unit}`, name: `${unit}经办`, unit, kind: 'department' },
    roles: ['handler'],
  });

export const auditorOf = (day: Day): Promise<SignedIn> =>
  day.person({
    ...{ login: 'measures-auditor', name: '度量审计', unit: '市监察机关', kind: 'inspection' },
    roles: ['auditor'],
  });

export const moveTo = (day: Day, at: string | Date): void => {
  const ahead = new Date(at).getTime() - day.served.system.clock.now().getTime();
  if (ahead > 0) day.later(ahead);
};

/** Reads an answer of the contract; the caller names its type. */
export const read = async <View>(day: Day, ...asked: Parameters<Day['call']>): Promise<View> =>
  (await day.call(...asked)) as View;

let callers = 0;
export const nextContact = (): string => `1370000${String(++callers).padStart(4, '0')}`;

/** Codes of the tree, of one area and of another. */
export async function codes(day: Day): Promise<readonly [string, string]> {
  const { database, classTrees } = day.served.system;
  const { leaves } = await database.transaction((transaction) => classTrees.current(transaction));
  const [one] = leaves;
  const other = leaves.find(({ path }) => path[0]?.code !== one?.path[0]?.code);
  return [one?.code ?? '', other?.code ?? one?.code ?? ''];
}

/** Accepts, registers and hands over to the unit in one form. */
export async function handedOver(day: Day, unit: string, about: object = {}): Promise<Accepted> {
  await ofUnit(day, unit);
  const answers = { conduct: 'orderly', wayOut: 'dispatch', unit, dispatchBasis: 'duty' };
  return read(day, 'acceptRequest', {
    as: await ofHotline(day, '度量受理', 'intake'),
    body: { ...waterCut, callerContact: nextContact(), answers, ...about },
  });
}

async function chain(
  day: Day,
  order: WorkOrderView,
  as: SignedIn,
  steps: readonly (readonly [element: string, answers: object])[],
): Promise<WorkOrderView> {
  const id = order.tasks.find(({ element }) => element === steps[0]?.[0])?.id;
  return read(day, 'completeSeries', {
    ...{ as, params: { id: id ?? expect.fail(`${order.sheet.no}: ${steps[0]?.[0]} is not open`) } },
    body: { steps: steps.map(([element, answers]) => ({ element, answers })) },
  });
}

/** Signs if necessary, handles, answers the caller, informs the hotline. */
export async function handled(day: Day, order: WorkOrderView, unit: string, reply = '已经恢复供水。') {
  const isNew = order.tasks.some(({ element }) => element === 'Task_Receive');
  return chain(day, order, await ofUnit(day, unit), [
    ...(isNew ? ([['Task_Receive', { receipt: 'accept' }]] as const) : []),
    ['Task_Handle', { branch: 'within-limit', handlingResult: '抢修完成' }],
    ['Task_ReplyCaller', { replySummary: reply, replyChannel: 'phone' }],
    ['Task_Feedback', { feedbackSummary: '已经办结' }],
  ]);
}

export async function calledBack(
  day: Day,
  order: WorkOrderView,
  satisfaction: 'satisfied' | 'basically-satisfied' | 'unsatisfied',
): Promise<WorkOrderView> {
  const resolved = satisfaction !== 'unsatisfied';
  const record = { factsVerified: true, resolved, satisfaction, callBackRecord: '来电人接了电话' };
  return chain(day, order, await ofHotline(day, '度量回访', 'reviewer'), [
    ['Task_AuditFeedback', { auditResult: 'pass', auditReason: '属实' }],
    ['SubProcess_CallBack_Task_CallBack', record],
  ]);
}

export const decidedRework = async (day: Day, order: WorkOrderView, reworkDecision: 'close' | 'return') =>
  chain(day, order, await ofHotline(day, '度量决定', 'reviewer'), [
    ['Task_DecideRework', { reworkDecision, reworkReason: '来电人说仍然没有水' }],
  ]);

export const sheetOf = (day: Day, no: string): Promise<WorkOrderView> =>
  read(day, 'readWorkOrder', { params: { no } });

export async function corrected(day: Day, no: string, body: object, as?: Call['as']): Promise<WorkOrderView> {
  const { corrected: basedOn } = await sheetOf(day, no);
  return read(day, 'correctWorkOrder', {
    as: as ?? (await ofHotline(day, '度量受理', 'intake')),
    ...{ params: { no }, body: { basedOn, reason: '回拨时问清', ...body } },
  });
}

export const classified = async (day: Day, no: string, code: string): Promise<WorkOrderView> =>
  read(day, 'classifyWorkOrder', {
    as: await ofHotline(day, '度量受理', 'intake'),
    ...{ params: { no }, body: { class: code } },
  });
