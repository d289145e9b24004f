/** 申请不计考核: applied for, granted, refused, left open; and later changes of a sheet. */
import { expect } from 'chai';
import type { Day } from './day.js';
import { classified, codes, corrected, first, ofHotline, ofUnit, read, second } from './measures-sheets.js';

interface Fact {
  readonly no: string;
  readonly measure: string;
  readonly opened: number;
  readonly unit: string;
  readonly excluded: boolean;
}

async function factsOf(day: Day, period: string, measure: string, unit: string): Promise<readonly Fact[]> {
  const { items } = await read<{ items: readonly Fact[] }>(day, 'listAssessedFacts', {
    as: await ofHotline(day, '度量考核', 'assessor'),
    ...{ params: { period }, query: { measure, unit, limit: '100' } },
  });
  return items;
}

/** In a month that is not closed, with answered sheets of both units. */
export async function exclusions(day: Day, period: string): Promise<readonly string[]> {
  const apply = async (unit: string, { no, measure, opened }: Fact, ground: string): Promise<number> => {
    const body = { no, measure, opened, ground };
    return (await read<{ id: number }>(day, 'applyForExclusion', { as: await ofUnit(day, unit), body })).id;
  };
  const rule = async (id: number, granted: boolean): Promise<void> => {
    const body = { granted, reason: granted ? '确属不可抗力' : '不属于应当不计的情形' };
    await day.call('ruleOnExclusion', {
      as: await ofHotline(day, '度量考核', 'assessor'),
      ...{ params: { id }, body },
    });
  };
  const [code, other] = await codes(day);
  const replies = await factsOf(day, period, 'reply', first);
  expect(replies).to.have.length.at.least(6);
  const completions = await factsOf(day, period, 'completion', first);
  const others = await factsOf(day, period, 'reply', second);

  // Granted, after which the sheet is corrected, classified and moved to another district; and in
  // reverse order.
  const [one, two, three, four, five, six] = replies as [Fact, Fact, Fact, Fact, Fact, Fact];
  await rule(await apply(first, one, '暴雨红色预警期间停工'), true);
  await corrected(day, one.no, { kind: 'suggestion', district: '历城区' });
  await classified(day, one.no, other);
  await corrected(day, two.no, { kind: 'consultation', district: '天桥区' });
  await classified(day, two.no, code);
  await rule(await apply(first, two, '来电人要求改期'), true);
  await day.work();
  await classified(day, two.no, other);
  await classified(day, two.no, code);
  await rule(await apply(first, three, '施工许可尚未批准'), false);
  await corrected(day, three.no, { title: '停水（听错了小区）', district: null });
  await day.work();
  await apply(first, four, '还没有人看这一件');
  // Two measures of one sheet, each by itself.
  const also = completions.find(({ no }) => no === five.no) ?? expect.fail('not completed');
  const [whole, half] = [await apply(first, five, '停电'), await apply(first, also, '停电')];
  await rule(half, true);
  await rule(whole, false);
  for (const fact of others.slice(0, 2)) await rule(await apply(second, fact, '系统停机维护'), true);
  const waiting = await apply(first, six, '来电人不在本市');
  await day.work();
  await rule(waiting, true);
  const query = { as: await ofUnit(day, first), params: { period } };
  await day.call('listExclusions', query);
  return [one, two, three, four, five, six].map(({ no }) => no);
}
