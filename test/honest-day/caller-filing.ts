/** Answers that the public finds, and matters it files if the answer is not enough. */
import { randomUUID } from 'node:crypto';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect } from 'chai';
import { civilDateOf } from '../../src/kernel/civil-date.js';
import { photo, photoWithPlace, smallPdf } from '../support/sample-files.js';
import { days, hours, toUnit, walked, type Matter } from './caller-cases.js';
import type { Day } from './day.js';

const matter = {
  kind: 'help',
  content: '路口的井盖没有了，夜里看不见，已经有人摔倒。',
  callerName: '来电人乙',
  callerContact: '13900005678',
};
const crossing = {
  address: '泉城路与县西巷路口',
  point: { longitude: 117.02064, latitude: 36.67012, system: 'WGS-84' },
};

async function work(day: Day): Promise<object> {
  const { challenge } = (await day.call('readCallerFiling')) as { readonly challenge: string };
  const solution = await solveChallenge({ challenge: JSON.parse(challenge) as Challenge, deriveKey });
  if (!solution) expect.fail('the challenge has no solution');
  return { challenge, counter: solution.counter, derivedKey: solution.derivedKey };
}

interface Filed {
  readonly no: string;
  readonly callerSecret: string | null;
  readonly elsewhere: readonly { readonly emergency: boolean }[];
}

export async function filed(day: Day, given: object = {}): Promise<Matter> {
  const body = { ...matter, ...given, once: randomUUID(), work: await work(day) };
  const { no, callerSecret } = (await day.call('fileMatter', { body })) as Filed;
  return { no, secret: callerSecret ?? expect.fail('a new matter has a code') };
}

export const sendFile = (day: Day, { no, secret }: Matter, name: string, body: Buffer): Promise<unknown> =>
  day.call('addCallerFile', {
    headers: { 'x-work-order': no, 'x-caller-secret': secret, 'x-file-name': encodeURIComponent(name) },
    body,
  });

export async function filedMatters(day: Day): Promise<void> {
  await answersFound(day);
  await filedTwice(day);
  await everyKind(day);
  await withFiles(day);
  await day.work();
}

/** A person who finds the answer files nothing. */
async function answersFound(day: Day): Promise<void> {
  await day.person({ login: 'caller-bus', unit: '市公交公司', kind: 'enterprise', roles: ['handler'] });
  const reviewOn = civilDateOf(new Date(day.served.system.clock.now().getTime() + days(300)));
  const card = {
    ...{ unit: '市公交公司', title: '公交老年卡办理', reviewOn, forPublic: true },
    body: '年满六十五周岁，持身份证到公交服务点办理。',
  };
  await day.call('addKnowledge', { body: card });
  for (const question of ['老年卡怎么办理', '年卡', 'How do I get a bus card?']) {
    await day.call('searchPublicKnowledge', { body: { question } });
  }
}

/** The first answer may not have arrived: the same request comes again, and twice at once. */
async function filedTwice(day: Day): Promise<void> {
  const body = { ...matter, place: crossing, once: randomUUID(), work: await work(day) };
  const both = await Promise.all([
    day.call('fileMatter', { body }),
    day.call('fileMatter', { body }),
    day.call('fileMatter', { body }),
  ]);
  const one = (await day.call('fileMatter', { body })) as Filed;
  for (const other of both) expect(other).to.deep.equal(one);
  await walked(day, one.no, { conduct: 'orderly' });
  await day.call('reissueCallerSecret', { params: { no: one.no } });
  expect(await day.call('fileMatter', { body })).to.include({ callerSecret: null });
}

async function everyKind(day: Day): Promise<void> {
  const ordinary = await filed(day, { title: '井盖', district: '某区' });
  await walked(day, ordinary.no, ...toUnit());
  await filed(day, { callerName: null, callerContact: null, confidential: true, replyWanted: false });
  await filed(day, { kind: 'suggestion', content: '希望 7 路公交延到市立医院。', messagesWanted: false });
  await filed(day, { kind: 'consultation', content: 'Where do I renew a residence permit?', language: 'en' });
  const report = await filed(day, { kind: 'report', content: '某执法人员收了商贩的钱。' });
  await day.person({ login: 'caller-city', unit: '市城管局', kind: 'department', roles: ['handler'] });
  await walked(day, report.no, {
    ...{ conduct: 'orderly', kind: 'report' },
    ...{ accusation: 'unit', accusedUnit: '市城管局' },
  });
  const danger = await filed(day, { content: '三号楼有人要跳楼，快来', place: crossing });
  await walked(day, danger.no, ...toUnit());
  const fire = await filed(day, { content: 'The house next door is on fire', language: 'en' });
  await day.call('settleEmergency', { params: { no: fire.no }, body: { note: '已转 119，来电人在楼外' } });
  await walked(day, fire.no, { conduct: 'orderly' });
  await filed(day, { content: '小区里着火了，消防通道被堵', place: { address: '某路 3 号' } });
  day.later(hours(2));
}

async function withFiles(day: Day): Promise<void> {
  const one = await filed(day, { place: crossing });
  const taken = await photoWithPlace();
  await sendFile(day, one, '井盖.jpg', taken);
  await sendFile(day, one, '井盖.jpg', taken);
  await sendFile(day, one, '说明.txt', Buffer.from('井盖在路口东侧'));
  await walked(day, one.no, ...toUnit());
  day.later(hours(1));
  await sendFile(day, one, '物业通知.pdf', smallPdf);
  await sendFile(day, one, '夜里.jpg', await photo(320, 240));
}
