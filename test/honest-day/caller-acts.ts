/** Callers' acts on an open matter: add, urge, demand an explanation, withdraw. */
import {
  accepted,
  days,
  hours,
  minutes,
  readOrder,
  replied,
  toUnit,
  walked,
  type Matter,
} from './caller-cases.js';
import { filed } from './caller-filing.js';
import type { Day } from './day.js';

const proof = ({ no, secret }: Matter) => ({ no, secret });

export const add = (day: Day, one: Matter, text: string): Promise<unknown> =>
  day.call('addFromCaller', { body: { ...proof(one), text } });
const urge = (day: Day, one: Matter): Promise<unknown> => day.call('urgeFromCaller', { body: proof(one) });
export const see = (day: Day, one: Matter): Promise<unknown> =>
  day.call('readProgress', { body: proof(one) });
export const demand = (day: Day, one: Matter, about?: string): Promise<unknown> =>
  day.call('demandExplanation', { body: { ...proof(one), ...(about === undefined ? {} : { about }) } });
export const rate = (day: Day, one: Matter, rating: string, comment?: string): Promise<unknown> =>
  day.call('rateFromCaller', {
    body: { ...proof(one), rating, ...(comment === undefined ? {} : { comment }) },
  });

export async function callerActs(day: Day): Promise<void> {
  await addedAndUrged(day);
  await wordsOfDanger(day);
  await explained(day);
  await withdrawn(day);
  await newCodes(day);
  await day.work();
}

async function addedAndUrged(day: Day): Promise<void> {
  const early = await accepted(day);
  await see(day, early);
  await add(day, early, '补充：楼上几家也没有水。');
  await urge(day, early);
  const one = await accepted(day, { confidential: true });
  await walked(day, one.no, ...toUnit());
  await add(day, one, '补充：三号楼也停水了。');
  await add(day, one, '补充：三号楼也停水了。');
  await urge(day, one);
  await day.work();
  day.later(days(1));
  await add(day, one, '补充：今天还是没有水。');
  await Promise.all([urge(day, one), add(day, one, '补充：水车也没有来。')]);
  await walked(day, one.no, ...replied());
  await add(day, one, '补充：水来了，但是浑的。');
  await see(day, one);
}

/** Before and after somebody has read it, and again after somebody has settled it. */
async function wordsOfDanger(day: Day): Promise<void> {
  const early = await accepted(day);
  await add(day, early, '地下室着火了，冒着烟');
  await walked(day, early.no, { conduct: 'orderly' });
  const one = await accepted(day);
  await walked(day, one.no, ...toUnit());
  await add(day, one, '邻居说再没有水他就要跳楼');
  await day.call('settleEmergency', { params: { no: one.no }, body: { note: '已转 110，民警到场' } });
  day.later(hours(1));
  await add(day, one, 'Mein Nachbar ist verletzt, es brennt');
  await add(day, one, '补充：三单元有人昏迷');
  await walked(day, one.no, { receipt: 'accept' });
  await day.call('settleEmergency', { params: { no: one.no }, body: { note: '已转 120、119' } });
}

async function explained(day: Day): Promise<void> {
  const one = await accepted(day);
  await walked(day, one.no, ...toUnit(), ...replied());
  await demand(day, one, '为什么一直没有人来');
  await walked(day, one.no, { explanationGiven: '管材今天到货' });
  day.later(days(1));
  await demand(day, one);
  await day.work();
  day.later(days(1));
  await demand(day, one, '还是没有水');
  await see(day, one);
}

async function withdrawn(day: Day): Promise<void> {
  const withdraw = (one: Matter, reason: string) =>
    day.call('withdrawFromCaller', { body: { ...proof(one), reason } });
  const byPhone = await accepted(day);
  await walked(day, byPhone.no, ...toUnit());
  await add(day, byPhone, '补充：好像来水了。');
  await withdraw(byPhone, '已经来水');
  const onPage = await filed(day);
  await walked(day, onPage.no, ...toUnit(), { receipt: 'accept' });
  await urge(day, onPage);
  await withdraw(onPage, '井盖已经装好');
  const explaining = await accepted(day);
  await walked(day, explaining.no, ...toUnit(), ...replied());
  await demand(day, explaining, '什么时候修');
  await withdraw(explaining, '不用修了');
  for (const one of [byPhone, onPage, explaining]) await see(day, one);
  await day.work();
}

/** The old code is void; the caller continues with the new one. */
async function newCodes(day: Day): Promise<void> {
  const reissued = async ({ no }: Matter): Promise<Matter> => {
    const given = (await day.call('reissueCallerSecret', { params: { no } })) as { callerSecret: string };
    return { no, secret: given.callerSecret };
  };
  const agent = await day.person({ login: 'caller-agent', roles: ['intake'] });
  const lost = await accepted(day);
  const found = await reissued(lost);
  const body = JSON.stringify(lost);
  const headers = { 'content-type': 'application/json' };
  await day.sendTo('/api/progress', { method: 'POST', headers, body });
  await see(day, found);
  await walked(day, found.no, ...toUnit(), ...replied());
  day.later(minutes(16));
  const again = await reissued(found);
  await add(day, again, '补充：换了查询码。');
  await urge(day, again);
  await demand(day, again);
  const onPage = await reissued(await filed(day));
  await add(day, onPage, '补充：井盖还没有装。');
  await day.call('reissueCallerSecret', { params: { no: onPage.no }, as: agent });
  await readOrder(day, onPage.no);
}
