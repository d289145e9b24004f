/** Warnings of every sort, raised only by sheets; people's acts on them, and studies requested from units. */
import { expect } from 'chai';
import { waterCut } from '../http/serving.js';
import type { Day } from './day.js';
import {
  classified,
  codes,
  corrected,
  first,
  hour,
  nextContact,
  ofHotline,
  ofUnit,
  read,
  second,
} from './measures-sheets.js';

interface Warning {
  readonly id: number;
  readonly sort: string;
  readonly district: string;
}
interface Study {
  readonly id: number;
  readonly unit: string;
  readonly answer: object | null;
}

const minute = 60_000;
const district = '章丘区';

const duty = (day: Day) => ofHotline(day, '度量值班', 'supervisor');

async function call(day: Day, about: object): Promise<string> {
  const { sheet } = await read<{ sheet: { no: string } }>(day, 'acceptRequest', {
    as: await ofHotline(day, '度量受理', 'intake'),
    body: { ...waterCut, title: '想问问情况', callerContact: nextContact(), district, ...about },
  });
  return sheet.no;
}

async function open(day: Day, sort: string): Promise<readonly Warning[]> {
  const query = { sort, standing: 'open', limit: '100' };
  const { items } = await read<{ items: readonly Warning[] }>(day, 'listWarnings', {
    ...{ as: await duty(day), query },
  });
  return items;
}

/** Enough sheets of each sort to raise a warning. */
async function raised(day: Day): Promise<void> {
  const [code, other] = await codes(day);
  const three: string[] = [];
  for (let one = 0; one < 4; one += 1) {
    three.push(await call(day, { title: '小区突然爆管', class: code }));
    day.later(4 * minute);
    await day.work();
  }
  // The sheets behind the burst are reclassified and moved elsewhere afterwards.
  await classified(day, three[0] ?? '', other);
  await corrected(day, three[1] ?? '', { title: '家里没有水', district: '平阴区' });
  await corrected(day, three[2] ?? '', { district: null });
  for (let week = 0; week < 4; week += 1) {
    await call(day, { class: other });
    day.later(7 * 24 * hour);
    await day.work();
  }
  for (let one = 0; one < 9; one += 1) await call(day, { class: other });
  await day.work();
  const callerContact = '139 8888 6666';
  for (let one = 0; one < 4; one += 1) {
    await call(day, { class: code, callerContact: one === 2 ? '+8613988886666' : callerContact });
    await day.work();
    day.later(2 * 24 * hour);
  }
  const place = {
    point: { longitude: 117.53, latitude: 36.71, system: 'WGS-84' },
    address: '度量路与量度街路口',
  };
  for (let one = 0; one < 6; one += 1) await call(day, { class: other, place });
  await day.work();
  for (let one = 0; one < 22; one += 1) await call(day, { class: other });
  await call(day, { class: undefined, district: null });
  await day.work();
}

async function acted(day: Day): Promise<void> {
  const act = async (id: 'acknowledgeWarning' | 'dismissWarning', { id: of }: Warning, reason: string) =>
    day.call(id, { as: await duty(day), params: { id: of }, body: { reason } });
  const study = async ({ id }: Warning, unit: string): Promise<void> => {
    await ofUnit(day, unit);
    const body = { unit, reason: '集中反映' };
    await day.call('suggestStudyOfWarning', { as: await duty(day), params: { id }, body });
  };
  const [burst] = (await open(day, 'burst')).filter((one) => one.district === district);
  const [rise] = (await open(day, 'rise')).filter((one) => one.district === district);
  const callers = await open(day, 'repeat-caller');
  const places = [...(await open(day, 'repeat-place')), ...(await open(day, 'repeat-spot'))];
  if (!burst || !rise || !callers[0] || places.length < 2)
    expect.fail(JSON.stringify({ burst, rise, callers, places }));
  await act('acknowledgeWarning', burst, '已经派人核实');
  await act('acknowledgeWarning', burst, '供水集团确认爆管');
  await study(burst, first);
  await act('dismissWarning', rise, '夜市开业，平常');
  await act('acknowledgeWarning', callers[0], '已经联系来电人');
  await act('dismissWarning', callers[0], '同一件事');
  for (const one of places) await study(one, second);
  await day.call('readWarning', { as: await duty(day), params: { id: burst.id } });
}

async function studied(day: Day): Promise<void> {
  const [code] = await codes(day);
  const about = { district, class: code, unit: first, reason: '近七日集中' };
  await day.call('listHotSpots', { as: await duty(day) });
  for (const body of [about, { ...about, district: '' }, { ...about, class: '' }])
    await day.call('suggestStudy', { as: await duty(day), body });
  for (const unit of [first, second]) {
    const as = await ofUnit(day, unit);
    const { items } = await read<{ items: readonly Study[] }>(day, 'listStudies', { as });
    const own = items.filter((one) => one.unit === unit && one.answer === null);
    // The last one stays without an answer.
    for (const [index, { id }] of own.slice(0, -1).entries()) {
      const taken = index % 2 === 0;
      const body = { taken, reason: taken ? '已经立项' : '与去年的研究重复' };
      await day.call('answerStudy', { as, params: { id }, body });
    }
  }
}

export async function warnings(day: Day): Promise<void> {
  await raised(day);
  await acted(day);
  await studied(day);
  await day.work();
}
