/** Sheets of upstream hotlines: received, reminded, answered, and returned by the program or by hand. */
import { expect } from 'chai';
import { civilDateOf } from '../../src/kernel/civil-date.js';
import { waterCut } from '../http/serving.js';
import { tryAgain } from './accounts-receivers.js';
import { accepted, closed, days, hours, onTheSpot, replied, toUnit, walked } from './caller-cases.js';
import type { Outside } from './channels-receivers.js';
import { addSource, asideOf, byToken, deliver, sendsTo, type Source } from './channels-source.js';
import type { Day } from './day.js';

const mapping = {
  ...{ content: 'message.text', kind: '"help"', callerContact: 'message.from' },
  ...{ externalNo: 'message.orderNo', externalDue: 'message.limit' },
};
const upstream = (day: Day, name: string): Promise<Source> =>
  addSource(day, name, { channel: 'app', mapping });

const dayAfter = (day: Day, count: number): string =>
  civilDateOf(new Date(day.served.system.clock.now().getTime() + days(count)));

export async function upstreams(day: Day, outside: Outside): Promise<void> {
  await received(day);
  await reminded(day);
  await handedBackByProgram(day, outside);
  await handedBackByHand(day);
  await day.work();
}

async function received(day: Day): Promise<void> {
  const to = await upstream(day, '省热线');
  const message = { orderNo: 'S-1', limit: `${dayAfter(day, 40)} 18:00`, text: '桥上的路灯不亮' };
  const first = await deliver(day, to, message, byToken(to, 'one'));
  for (const id of ['one', 'two', 'three']) {
    expect(await deliver(day, to, message, byToken(to, id))).to.include({ workOrder: first.workOrder });
  }
  await deliver(day, to, { ...message, text: '桥上的路灯全不亮' }, byToken(to, 'four'));
  await deliver(day, to, { orderNo: 'S-2', text: '没有说期限的一件' }, byToken(to, 'five'));
  await deliver(day, to, { orderNo: 'S-3', limit: '下周五', text: '路面塌陷' }, byToken(to, 'six'));
  const [repeated = 0, odd = 0] = await asideOf(day, to);
  await day.call('dismissPutAside', { params: { id: repeated }, body: { why: 'repeated' } });
  const given = { kind: 'help', title: '路面塌陷', content: '路面塌陷' };
  await day.call('registerPutAside', {
    params: { id: odd },
    body: { ...given, externalNo: 'S-3', externalDue: dayAfter(day, 30) },
  });
  await accepted(day, { upstream: { source: to.id, number: 'S-4', due: dayAfter(day, 20) } });
  await accepted(day, { upstream: { source: to.id, number: 'S-5' } });
  await deliver(day, to, { orderNo: 'S-4', text: '同一件，后来又发来' }, byToken(to, 'seven'));
  await deliver(day, to, { orderNo: 'S-6', limit: dayAfter(day, 30), text: '加油站着火了' });
  await walked(day, first.workOrder, ...toUnit());
}

/** Queued for an instant of the day's clock, not the machine's. */
async function remind(day: Day, ...orders: readonly string[]): Promise<void> {
  const { jobs, clock } = day.served.system;
  const job = jobs.find(({ name }) => name === 'upstream.remind') ?? expect.fail('no such job');
  const at = clock.now().toISOString();
  for (const workOrder of orders) {
    const context = { attempt: 1, signal: new AbortController().signal };
    await Promise.all([job.work({ workOrder, at }, context), job.work({ workOrder, at }, context)]);
  }
}

async function reminded(day: Day): Promise<void> {
  const to = await upstream(day, '国家平台');
  const from = async (number: string, due: number) => {
    const { no } = await accepted(day, { upstream: { source: to.id, number, due: dayAfter(day, due) } });
    return no;
  };
  const [late, waiting, soon] = [await from('G-1', 7), await from('G-2', 7), await from('G-3', 60)];
  await walked(day, late, ...toUnit());
  await walked(day, soon, ...toUnit());
  const all = [late, waiting, soon];
  await remind(day, ...all);
  day.later(days(6));
  await day.work();
  await remind(day, ...all);
  await remind(day, ...all);
  day.later(days(3));
  await day.work();
  await remind(day, ...all);
  await remind(day, ...all);
  await walked(day, late, ...replied(), ...closed());
  await handBack(day, late, '电话告诉了它的值班员');
  await walked(day, waiting, ...onTheSpot('已经告知。'));
  await day.work();
  await handBack(day, waiting, '在它的系统里填了');
  await remind(day, ...all);
}

const handBack = (day: Day, no: string, note: string): Promise<unknown> =>
  day.call('handBackByHand', { params: { no }, body: { note } });

async function handedBackByProgram(day: Day, outside: Outside): Promise<void> {
  const to = await upstream(day, '有地址的省热线');
  await sendsTo(day, to, outside);
  const { workOrder: no } = await deliver(day, to, { orderNo: 'P-1', text: '楼道灯不亮' });
  outside.answer = 503;
  await walked(day, no, ...onTheSpot('灯泡已经换好。'));
  await day.work();
  outside.answer = 200;
  for (const _twice of [1, 2]) await tryAgain(day, 'upstream.hand-back');
  const limit = dayAfter(day, 20);
  const whole = await deliver(day, to, { orderNo: 'P-2', limit, text: '停水没有通知', from: '13800004321' });
  await walked(day, whole.workOrder, ...toUnit(), ...replied(), ...closed());
  await day.work();
  const quick = await deliver(day, to, { orderNo: 'P-3', text: '问公交末班车' });
  await walked(day, quick.workOrder, ...onTheSpot('二十二时。'));
  await day.work();
  const handed = outside.received.filter((body) => body.includes('hotline.upstream.handed-back'));
  for (const number of ['P-1', 'P-2', 'P-3']) expect(handed.join()).to.include(`"${number}"`);
}

/** An agent is faster than the program, whose receiver does not answer; and a source was closed. */
async function handedBackByHand(day: Day): Promise<void> {
  const to = await upstream(day, '没有地址的省热线');
  const [one, other] = [
    await deliver(day, to, { orderNo: 'H-1', limit: dayAfter(day, 30), text: '第一件' }),
    await deliver(day, to, { orderNo: 'H-2', text: '第二件' }),
  ];
  await walked(day, one.workOrder, ...onTheSpot('已经告知。'));
  await handBack(day, one.workOrder, '在它的系统里填了');
  day.later(hours(1));
  await day.call('closeChannelSource', { params: { id: to.id } });
  await walked(day, other.workOrder, ...onTheSpot('已经告知。'));
  await day.work();
  await handBack(day, other.workOrder, '打电话告诉了');
  const { no, secret } = await accepted(day, {
    ...{ ...waterCut, content: '上级热线电话转来：停水。' },
    upstream: { source: (await upstream(day, '部委热线')).id, number: 'H-3' },
  });
  await walked(day, no, ...toUnit());
  await day.call('withdrawFromCaller', { body: { no, secret, reason: '已经来水' } });
  await day.work();
  await handBack(day, no, '告诉了来电人已经撤回');
}
