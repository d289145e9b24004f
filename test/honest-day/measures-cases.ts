/** Sheets that the assessment counts: merged, late, returned, repeated; and what happens to them after the month. */
import type { Day } from './day.js';
import {
  calledBack,
  classified,
  codes,
  corrected,
  decidedRework,
  first,
  handedOver,
  handled,
  hour,
  ofHotline,
  ofUnit,
  read,
  second,
  sheetOf,
  third,
  type Accepted,
} from './measures-sheets.js';

export interface Lived {
  /** Called back, dissatisfied; rework is decided after the month. */
  readonly undecided: Accepted;
  /** Answered, and not called back yet. */
  readonly waiting: Accepted;
  readonly lead: string;
  readonly members: readonly string[];
  /** Closed. */
  readonly closed: readonly Accepted[];
  /** The unit has not signed for it. */
  readonly open: Accepted;
}

const act = async (day: Day, order: Accepted, element: string, answers: object, unit?: string) => {
  const { tasks } = await sheetOf(day, order.sheet.no);
  const task = tasks.find((one) => one.element === element) ?? tasks[0];
  const as = unit ? await ofUnit(day, unit) : await day.served.people.doing(task?.role ?? null, '度量经手');
  await day.call('completeTask', { as, params: { id: task?.id ?? '' }, body: { answers } });
};

async function merge(day: Day, lead: string, members: readonly string[]): Promise<void> {
  await day.call('mergeWorkOrders', {
    as: await ofHotline(day, '度量受理', 'intake'),
    ...{ params: { no: lead }, body: { members, reason: '同一件事' } },
  });
}

async function separate(day: Day, lead: string, member: string): Promise<void> {
  await day.call('unmergeWorkOrder', {
    as: await ofHotline(day, '度量受理', 'intake'),
    ...{ params: { no: lead, member }, body: { reason: '不是同一件事' } },
  });
}

async function closed(day: Day, unit: string, about: object, satisfaction: 'satisfied' | 'unsatisfied') {
  const order = await handedOver(day, unit, about);
  const back = await calledBack(day, await handled(day, order, unit), satisfaction);
  if (satisfaction === 'unsatisfied') await decidedRework(day, back, 'close');
  return order;
}

async function rated(day: Day, { sheet, callerSecret }: Accepted, rating: string): Promise<void> {
  await day.call('rateFromCaller', { body: { no: sheet.no, secret: callerSecret, rating, comment: '说明' } });
}

/** Within a month. */
export async function casesOfMonth(day: Day): Promise<Lived> {
  const [code, other] = await codes(day);
  const done: Accepted[] = [];
  for (const [unit, satisfaction] of [
    ...[first, second, third].map((one) => [one, 'satisfied'] as const),
    ...[first, first, second].map((one) => [one, 'unsatisfied'] as const),
  ])
    done.push(await closed(day, unit, { district: '历下区', class: code }, satisfaction));
  const [one] = done;
  if (one) await rated(day, one, 'satisfied');

  // Merged: the leading sheet is answered with one member, the others by themselves.
  const group: Accepted[] = [];
  for (const unit of [first, first, first, second]) group.push(await handedOver(day, unit, { class: other }));
  const [lead = '', ...members] = group.map(({ sheet }) => sheet.no);
  await merge(day, lead, members);
  await separate(day, lead, members[1] ?? '');
  await merge(day, lead, members.slice(1, 2));
  for (const [index, order] of group.entries()) {
    const unit = index === 3 ? second : first;
    const back = await handled(day, await sheetOf(day, order.sheet.no), unit);
    await calledBack(day, back, index === 1 ? 'basically-satisfied' : 'satisfied');
  }
  await day.work();
  await separate(day, lead, members[1] ?? '');

  // Done again within the month.
  const again = await handedOver(day, second, { kind: 'suggestion' });
  await decidedRework(day, await calledBack(day, await handled(day, again, second), 'unsatisfied'), 'return');
  await calledBack(day, await handled(day, await sheetOf(day, again.sheet.no), second), 'satisfied');
  const undecided = await handedOver(day, first, { class: code });
  await calledBack(day, await handled(day, undecided, first), 'unsatisfied');

  // Returned, handed to another unit; and one that nobody signs for until it is late.
  const returned = await handedOver(day, third);
  await act(day, returned, 'Task_Receive', { receipt: 'return', returnReason: '不归本单位' }, third);
  await act(day, returned, 'SubProcess_Return_Task_DecideReturn', {
    ...{ returnDecision: 'reassign', unit: second, returnDecisionReason: '按职责' },
  });
  const late = await handedOver(day, third, { district: '天桥区' });
  day.later(9 * 24 * hour);
  await day.work();
  await handled(day, await sheetOf(day, late.sheet.no), third);
  await handled(day, await sheetOf(day, returned.sheet.no), second);
  const waiting = await handedOver(day, first);
  await handled(day, waiting, first);
  const open = await handedOver(day, second);
  await day.work();
  return { undecided, waiting, lead, members, closed: done, open };
}

/** After the month is closed: corrected, classified, merged, separated, repeated, rated. */
export async function casesAfterwards(day: Day, lived: Lived): Promise<void> {
  const { closed: done, undecided, waiting, lead, members, open } = lived;
  const [code, other] = await codes(day);
  const [one, two, three, four] = done as [Accepted, Accepted, Accepted, Accepted];
  await corrected(day, one.sheet.no, { kind: 'suggestion', district: '市中区' });
  await classified(day, two.sheet.no, other);
  await corrected(day, three.sheet.no, { kind: 'consultation', channel: 'phone', title: '停水（更正）' });
  await classified(day, three.sheet.no, other);
  await day.work();
  await classified(day, three.sheet.no, code);
  await rated(day, four, 'dissatisfied');
  await rated(day, two, 'fair');
  await decidedRework(day, await sheetOf(day, undecided.sheet.no), 'return');
  await day.work();
  await merge(day, open.sheet.no, [undecided.sheet.no]);
  await handled(day, await sheetOf(day, undecided.sheet.no), first);
  await calledBack(day, await sheetOf(day, undecided.sheet.no), 'satisfied');
  await calledBack(day, await sheetOf(day, waiting.sheet.no), 'satisfied');
  await handled(day, await sheetOf(day, open.sheet.no), second);
  await separate(day, lead, members[0] ?? '');
  await corrected(day, lead, { district: '历城区' });
  await corrected(day, undecided.sheet.no, { kind: 'consultation' });
  await read(day, 'readSharedHandling', { as: await ofUnit(day, first) });
  await day.work();
}
