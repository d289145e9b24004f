/** The people of the part `desk`, and the steps of their cases. */
import { fill, waterCut, type WorkOrderView } from '../http/serving.js';
import type { Newcomer, SignedIn } from '../support/people.js';
import type { Day } from './day.js';

export type Order = WorkOrderView & { readonly callerSecret?: string };
export type Answers = { readonly [key: string]: string | number | boolean };
type Task = Order['tasks'][number];

const hotline = { unit: '市热线工作机构', kind: 'hotline' } as const;
const office = { unit: '市政府办公厅', kind: 'general-office' } as const;
const inspection = { unit: '市监察机关', kind: 'inspection' } as const;

export const water = '历城水务局';
export const heat = '历城热力集团';
export const gas = '历城燃气公司';
export const district = '莱芜区政府';

const people = {
  agent: { ...hotline, roles: ['intake'] },
  colleague: { ...hotline, roles: ['intake'] },
  reviewer: { ...hotline, roles: ['reviewer'] },
  boss: { ...hotline, roles: ['supervisor'] },
  deputy: { ...hotline, roles: ['supervisor'] },
  office: { ...office, roles: ['supervisor'] },
  mayor: { unit: '市人民政府', kind: 'government', roles: ['supervisor'] },
  inspector: { ...inspection, roles: ['inspector'] },
  adjudicator: { ...inspection, roles: ['inspector'] },
  panel: { ...inspection, roles: ['inspector'] },
  water: { unit: water, kind: 'department', roles: ['handler'] },
  plumber: { unit: water, kind: 'department', roles: ['handler'] },
  heat: { unit: heat, kind: 'enterprise', roles: ['handler'] },
  gas: { unit: gas, kind: 'enterprise', roles: ['handler'] },
  district: { unit: district, kind: 'district', roles: ['handler'] },
  street: { unit: '莱芜区水利局', kind: 'department', parent: district, roles: ['handler'] },
  urger: { unit: district, kind: 'district', roles: ['supervisor'] },
} as const satisfies { readonly [name: string]: Omit<Newcomer, 'login'> };

export type Who = keyof typeof people;

const byDuty: { readonly [duty: string]: Who } = {
  intake: 'agent',
  reviewer: 'reviewer',
  supervisor: 'boss',
  dispatcher: 'boss',
  coordinator: 'boss',
  'general-office': 'office',
  'district-supervisor': 'urger',
  inspector: 'inspector',
  adjudicator: 'adjudicator',
  'review-panel': 'panel',
};

const minute = 60_000;
const hours = (count: number): number => count * 60 * minute;
export const days = (count: number): number => hours(24 * count);

export const toUnit = (unit: string): Answers => ({
  ...{ conduct: 'orderly', wayOut: 'dispatch', dispatchBasis: 'duty', unit },
});
export const onTheSpot = { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '今晚恢复供水' };

export function deskOf(day: Day) {
  const person = (who: Who): Promise<SignedIn> =>
    day.person({ login: `desk-${who}`, name: `工位${who}`, ...people[who] });

  /** The one of the unit who does its tasks. */
  const handlerOf = (unit: unknown): Who =>
    (Object.keys(people) as Who[]).find(
      (who) => people[who].unit === unit && people[who].roles[0] === 'handler',
    ) ?? 'water';

  /** One of the unit of the accused, or of its superior. */
  const oneOf = (unit: unknown, duty: 'body' | 'superior'): Who | undefined =>
    (Object.keys(people) as Who[]).find(
      (who) =>
        people[who].unit === unit &&
        people[who].roles.some((role) => role === 'supervisor' || (duty === 'body' && role === 'handler')),
    );

  /** Every unit that is named must be in the register. */
  const everybody = async (): Promise<void> => {
    for (const who of Object.keys(people) as Who[]) await person(who);
  };

  const accept = async (about: object = {}, who: Who = 'agent', headers = {}): Promise<Order> => {
    day.later(minute);
    const body = { ...waterCut, ...about };
    return (await day.call('acceptRequest', { as: await person(who), body, headers })) as Order;
  };

  const read = async ({ sheet: { no } }: Order, who: Who = 'boss'): Promise<Order> =>
    (await day.call('readWorkOrder', { as: await person(who), params: { no } })) as Order;

  const open = (order: Order, element: string): Task => {
    const task = order.tasks.find((one) => one.element === element);
    if (!task) throw new Error(`${element} is not open, but ${order.tasks.map((one) => one.element).join()}`);
    return task;
  };

  /** Completes the element's open task; required fields without a value get the first choice. */
  const complete = async (order: Order, element: string, given: Answers = {}, who?: Who): Promise<Order> => {
    day.later(minute);
    const task = open(order, element);
    const performer =
      who ??
      (task.role === 'unit'
        ? handlerOf(task.locals?.unit ?? order.unit)
        : task.role === 'body' || task.role === 'superior'
          ? oneOf(task.locals?.unit, task.role)
          : byDuty[task.role ?? '']) ??
      'boss';
    const body = { answers: fill(task, given) };
    return (await day.call('completeTask', {
      ...{ as: await person(performer), params: { id: task.id }, body },
    })) as Order;
  };

  /** Completes one after the other. */
  const through = async (order: Order, ...steps: readonly (readonly [string, Answers?, Who?])[]) => {
    let at = order;
    for (const [element, given, who] of steps) at = await complete(at, element, given, who);
    return at;
  };

  const tell = async (order: Order, message: string, answers: Answers, who: Who): Promise<Order> => {
    day.later(minute);
    const { no } = order.sheet;
    const body = { message, answers };
    return (await day.call('sendMessage', { as: await person(who), params: { no }, body })) as Order;
  };

  const dispatched = (unit = water, about: object = {}): Promise<Order> =>
    accept({ ...about, answers: toUnit(unit) });

  return { ...{ person, everybody, accept, read, open, complete, through, tell, dispatched } };
}

export type Desk = ReturnType<typeof deskOf>;

/** From the receipt by the unit to the end. */
export const handled = [
  ['Task_Receive', { receipt: 'accept' }],
  ['Task_Handle', { branch: 'within-limit', handlingResult: '抢修已经完成' }],
  ['Task_ReplyCaller', { replySummary: '已经恢复供水', replyChannel: 'phone' }],
  ['Task_Feedback', { feedbackSummary: '已经办结' }],
] as const satisfies readonly (readonly [string, Answers])[];

export const satisfied = [
  ['Task_AuditFeedback', { auditResult: 'pass' }],
  ['SubProcess_CallBack_Task_CallBack', { factsVerified: true, resolved: true, satisfaction: 'satisfied' }],
] as const satisfies readonly (readonly [string, Answers])[];
