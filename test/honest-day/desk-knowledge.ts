/** The knowledge base: written, rewritten, withdrawn, and supervised after the review date. */
import { superviseLapses } from '../../src/cases/index.js';
import { deciding } from '../support/policies.js';
import type { Day } from './day.js';
import { days, deskOf, water, type Order, type Who } from './desk-steps.js';

interface Entry {
  readonly id: number;
  readonly version: number;
  readonly supervisions: readonly { readonly no: string; readonly ended: boolean }[];
}

export async function deskKnowledge(day: Day): Promise<void> {
  const { person, accept, complete, dispatched } = deskOf(day);
  const on = (inDays: number): string =>
    new Date(day.served.system.clock.now().getTime() + days(inDays)).toISOString().slice(0, 10);
  const text = (title: string) => ({ unit: water, title, body: '查公告，打热线', reviewOn: on(3) });
  const by = async (
    who: Who,
    id: Parameters<Day['call']>[0],
    body: object,
    params = {},
  ): Promise<unknown> => {
    day.later(60_000);
    return day.call(id, { as: await person(who), body, params });
  };
  const add = async (title: string, more: object = {}, who: Who = 'water'): Promise<Entry> =>
    (await by(who, 'addKnowledge', { ...text(title), ...more })) as Entry;

  const first = await add('停水怎么查', { class: '0301010101', forPublic: true, reason: '常有人问' });
  const second = await add('水费怎么交', { class: null }, 'agent');
  const third = await add('水表怎么换', {}, 'boss');
  const kept = await add('水压标准', { reviewOn: on(300) });
  for (const [who, entry, more] of [
    ['water', first, { forPublic: true, reason: '电话改了' }],
    ['boss', kept, { reason: '标准改了', class: '0301010101', reviewOn: on(200) }],
  ] as const) {
    const rewritten = { ...text('停水怎么查询'), basedOn: entry.version, ...more };
    await by(who, 'rewriteKnowledge', rewritten, { id: entry.id });
  }
  await by('water', 'withdrawKnowledge', { basedOn: 2, reason: '并入别条' }, { id: kept.id });
  await by(
    'water',
    'rewriteKnowledge',
    { ...text('水压标准'), reviewOn: on(200), basedOn: 3, reason: '恢复' },
    { id: kept.id },
  );

  day.later(days(5));
  await day.work();
  // Stated in words on a sheet where the fault showed; the ground follows.
  for (const sheet of [await accept(), await dispatched()]) {
    const body = { workOrder: sheet.sheet.no, reason: '答复时发现已经过期' };
    const order = (await by('boss', 'superviseKnowledge', body, { id: third.id })) as Order;
    await complete(order, 'Task_StateGround', { supervisionGround: 'art28.p1.i3' });
  }

  await superviseLapses(deciding(day.served.system, { knowledgeLapse: 'order' }));
  const supervisionOf = async ({ id }: Entry): Promise<string> => {
    const { supervisions } = (await day.call('readKnowledge', {
      as: await person('boss'),
      params: { id },
    })) as Entry;
    return supervisions[0]?.no ?? '';
  };
  const openIn = async (no: string) => {
    const seen = (await day.call('readKnowledgeSupervision', {
      as: await person('boss'),
      params: { no },
    })) as Order;
    return seen.tasks;
  };
  for (const entry of [first, second]) {
    const no = await supervisionOf(entry);
    const [urge] = await openIn(no);
    const answers = { answers: { cityUrgeRecord: '电话督促' } };
    await by('boss', 'completeKnowledgeTask', answers, { no, id: urge?.id ?? '' });
  }
  await by(
    'water',
    'rewriteKnowledge',
    { ...text('停水怎么查'), basedOn: 2, reason: '核对过' },
    { id: first.id },
  );
  await by('water', 'withdrawKnowledge', { basedOn: 1, reason: '停办' }, { id: third.id });
  // The second is left alone until the office urges it, too.
  day.later(days(7));
  await day.work();
  const no = await supervisionOf(second);
  for (const { element, id } of await openIn(no)) {
    if (element !== 'SubProcess_SecondOrder_Task_Work') continue;
    await by('office', 'completeKnowledgeTask', { answers: { officeUrgeRecord: '发函督促' } }, { no, id });
  }
  await by('agent', 'withdrawKnowledge', { basedOn: 1, reason: '并入别条' }, { id: second.id });
}
