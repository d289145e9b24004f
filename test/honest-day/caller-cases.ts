/** Callers' matters, advanced as far as a story needs. */
import { expect } from 'chai';
import { complete, waterCut, type WorkOrderView } from '../http/serving.js';
import type { Day } from './day.js';

/** A matter whose caller has its code. */
export interface Matter {
  readonly no: string;
  readonly secret: string;
}

export type Answers = { readonly [key: string]: unknown };

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

export const readOrder = async (day: Day, no: string): Promise<WorkOrderView> =>
  (await day.call('readWorkOrder', { params: { no } })) as WorkOrderView;

/** Completes the open tasks one after the other; the answers' fields select the task. */
export async function walked(day: Day, no: string, ...steps: readonly Answers[]): Promise<WorkOrderView> {
  let order = await readOrder(day, no);
  for (const given of steps) {
    const task = order.tasks.find(({ form }) =>
      Object.keys(given).every((key) => form.some((field) => field.key === key)),
    );
    if (!task) expect.fail(`${no} has no task that asks for ${Object.keys(given).join()}`);
    order = await complete(day.served.url, order, task, given, `${task.role ?? '热线'}经办人`);
  }
  return order;
}

/** By telephone. */
export async function accepted(day: Day, about: object = {}): Promise<Matter> {
  const { sheet, callerSecret } = (await day.call('acceptRequest', {
    body: { ...waterCut, ...about },
  })) as WorkOrderView & { readonly callerSecret: string };
  return { no: sheet.no, secret: callerSecret };
}

/** Registered and handed to a unit. */
export const toUnit = (unit = '某水务局', registering: Answers = {}): readonly Answers[] => [
  { conduct: 'orderly', ...registering },
  { wayOut: 'dispatch' },
  { unit },
];

export const onTheSpot = (answerSummary: string): readonly Answers[] => [
  { conduct: 'orderly' },
  { wayOut: 'on-the-spot' },
  { answerSummary },
];

/** From the unit's receipt until its reply. */
export const replied = (replySummary = '主管已经换好，恢复供水'): readonly Answers[] => [
  { receipt: 'accept' },
  { branch: 'within-limit', handlingResult: '更换主管三十米' },
  { replySummary },
];

/** From the feedback until the follow-up call. */
export const closed = (satisfaction = 'satisfied'): readonly Answers[] => [
  { feedbackSummary: '已经答复来电人' },
  { auditResult: 'pass' },
  { satisfaction },
];
