/** The radar: a unit that records everything at the last moment is asked, answers, and an auditor decides. */
import { expect } from 'chai';
import { runRadar } from '../../src/measures/radar/index.js';
import type { Day } from './day.js';
import {
  auditorOf,
  handedOver,
  handled,
  hour,
  moveTo,
  ofUnit,
  read,
  second,
  sheetOf,
  third,
} from './measures-sheets.js';

const habitual = '度量丁局';

interface Hypothesis {
  readonly id: number;
  readonly pattern: string;
  readonly subject: string;
  readonly found: number;
  readonly open: boolean;
}

const sameReply = '经核实，管网已经抢修完毕，供水已经恢复正常，感谢您的来电。';

/** Sheets with one habit: handed over, and answered alike some hours before the limit. */
async function answeredLate(day: Day, count: number): Promise<void> {
  const orders = [];
  for (let one = 0; one < count; one += 1)
    orders.push(await handedOver(day, habitual, { district: '历下区', title: '管网改造停水' }));
  const due = orders[0]?.deadlines.find(({ limit }) => limit)?.due;
  moveTo(day, new Date(new Date(due ?? expect.fail('there is no limit')).getTime() - 6 * hour));
  await day.work();
  for (const order of orders) await handled(day, await sheetOf(day, order.sheet.no), habitual, sameReply);
  await day.work();
}

/**
 * Does what the nightly job does; the job itself would queue itself repeatedly, because the queue
 * uses the real clock.
 */
async function tonight(day: Day): Promise<readonly Hypothesis[]> {
  day.later(24 * hour);
  await day.work();
  await runRadar(day.served.system, '系统（每日）');
  const { items } = await read<{ items: readonly Hypothesis[] }>(day, 'listRadar', {
    ...{ as: await auditorOf(day), query: { standing: 'all', limit: '100' } },
  });
  return items.filter(({ subject }) => subject === habitual);
}

export async function radar(day: Day): Promise<void> {
  for (let one = 0; one < 10; one += 1) {
    const order = await handedOver(day, one % 2 === 0 ? second : third, { district: '市中区' });
    await handled(day, order, one % 2 === 0 ? second : third, `第 ${one} 件：已经派人到现场处理，请放心。`);
  }
  await answeredLate(day, 10);
  const found = await tonight(day);
  const [one, two] = found;
  if (!one || !two) expect.fail(`only ${JSON.stringify(found)}`);

  const ask = async (id: number, unit: string): Promise<number> => {
    const { questions } = await read<{ questions: readonly { id: number; answer: object | null }[] }>(
      ...([day, 'askAboutRadar'] as const),
      {
        as: await auditorOf(day),
        ...{ params: { id }, body: { unit, question: '为什么多在期限将到时办理' } },
      },
    );
    return questions.findLast(({ answer }) => answer === null)?.id ?? expect.fail('nothing was asked');
  };
  const answer = async (id: number, unit: string): Promise<void> => {
    const as = await ofUnit(day, unit);
    await day.call('listRadarQuestions', { as });
    const body = { answer: '管网改造期间要等施工单位回报' };
    await day.call('answerRadarQuestion', { as, params: { id }, body });
  };
  const decide = async (id: number, decision: string): Promise<void> => {
    const body = { decision, reason: '看过条目，听过说明' };
    await day.call('decideRadar', { as: await auditorOf(day), params: { id }, body });
  };

  await answer(await ask(one.id, habitual), habitual);
  await answer(await ask(one.id, habitual), habitual);
  await answer(await ask(one.id, second), second);
  await decide(one.id, 'followed-up');
  await ask(two.id, habitual);

  // An open hypothesis grows by one sheet; a decided one is reopened only by enough new ones.
  await answeredLate(day, 1);
  await tonight(day);
  await decide(two.id, 'followed-up');
  await answeredLate(day, 6);
  const again = (await tonight(day)).filter(({ open }) => open);
  expect(again).to.have.length.at.least(2);
  for (const [index, { id }] of again.entries())
    await decide(id, index % 2 === 0 ? 'explained' : 'no-pattern');
  await tonight(day);
  await day.call('readRadar', { as: await auditorOf(day), params: { id: one.id } });
}
