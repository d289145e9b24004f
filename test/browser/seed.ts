/** Work orders in every state, created through the interface with a simulated clock, for checking the screens. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail } from '../../src/measures/assessment/index.js';
import { followDuties } from '../../src/law/regulation/index.js';
import { accept, complete, completeOnly, type Served, type WorkOrderView } from '../http/serving.js';

/** Accepts, registers and hands over a sheet; the unit has not signed for it. */
async function handedOver(
  url: string,
  about: { readonly kind: string },
  unit = '市水务局',
): Promise<WorkOrderView> {
  const accused = accusations[about.kind] ?? {};
  const registered = await completeOnly(url, await accept(url, about), { conduct: 'orderly', ...accused });
  const decided = await completeOnly(url, registered, { wayOut: 'dispatch' }, '受理员乙');
  return completeOnly(url, decided, { unit }, '派单员丙');
}

const accusations: { readonly [kind: string]: object } = {
  complaint: { accusation: 'matter' },
  report: { accusation: 'none', accusedNone: '一家餐馆，不是承办单位' },
};

/** Completes the task of that element. */
async function completeAt(
  url: string,
  order: WorkOrderView,
  element: string,
  given: { readonly [key: string]: unknown },
  actor: string,
): Promise<WorkOrderView> {
  const task = order.tasks.find((one) => one.element === element);
  if (!task) expect.fail(`${element} is not open but ${order.tasks.map((one) => one.element).join(', ')}`);
  return complete(url, order, task, given, actor);
}

/** Moves the clock and fires everything due. */
export async function moveTo({ system }: Served, instant: string): Promise<void> {
  // Keeps people logged in overnight, which is not what is tested. Sessions come first: an open
  // page polls, and a session that is found too old is deleted.
  await system.database.pool.query('UPDATE hotline.session SET started_at = $1, seen_at = $1', [
    new Date(instant),
  ]);
  system.clock.moveTo(new Date(instant));
  while ((await system.executor.fireDue(100)) > 0);
}

const matters = [
  {
    channel: 'phone',
    kind: 'help',
    title: '小区突然停水，没有人通知',
    content:
      '今天一早全楼都没有水，物业和自来水公司的电话都打不通，也没见到停水通知。家里有老人和婴儿，想知道什么时候来水。',
    callerName: '来电人甲',
    callerContact: '13800000001',
  },
  {
    channel: 'wechat',
    kind: 'complaint',
    title: '工地夜间施工噪声扰民',
    content: '楼下工地连续三天施工到凌晨两点，打桩声很大，孩子没法睡觉。请查一查有没有夜间施工许可。',
    callerName: '来电人乙',
    callerContact: '13800000002',
  },
  {
    channel: 'phone',
    kind: 'help',
    title: '路灯坏了一周没有人修',
    content: '小区南门外的路灯连着三盏不亮，晚上学生放学走那一段很黑。',
    callerName: '来电人丙',
    callerContact: '13800000003',
    confidential: true,
  },
  {
    channel: 'app',
    kind: 'report',
    title: '餐馆后厨向雨水井倾倒油污',
    content: '每天打烊以后把泔水倒进门口的雨水井，味道很大，下雨时会反上来。',
    callerName: '来电人丁',
    callerContact: '13800000004',
  },
  {
    channel: 'mailbox',
    kind: 'suggestion',
    title: '建议在体育公园增加夜间公交',
    content: '体育公园晚上活动结束以后没有公交车，很多人只能走到两公里外的车站。',
    callerName: null,
    callerContact: null,
    replyWanted: false,
  },
  {
    channel: 'phone',
    kind: 'consultation',
    title: '咨询灵活就业人员社保补贴的条件',
    content: '想问今年的补贴什么时候可以申请，要带什么材料。',
    callerName: '来电人戊',
    callerContact: '13800000005',
  },
] as const;

/** From Monday 2 March to Wednesday 11 March 2026: one sheet at every level. */
export async function seed(served: Served): Promise<void> {
  const { url } = served;
  const [water, noise, lamp, oil, bus, social] = matters;
  await moveTo(served, '2026-02-26T09:20:00+08:00');
  await handedOver(url, noise, '某住房城乡建设局');
  await moveTo(served, '2026-03-02T10:05:00+08:00');
  await handedOver(url, oil, '某生态环境局');
  await moveTo(served, '2026-03-04T14:30:00+08:00');
  const signed = await handedOver(url, water);
  await completeAt(url, signed, 'Task_Receive', { receipt: 'accept' }, '市水务局经办人');
  await moveTo(served, '2026-03-06T08:50:00+08:00');
  await handedOver(url, lamp, '市城管局');
  await moveTo(served, '2026-03-11T09:40:00+08:00');
  await accept(url, bus);
  await completeOnly(url, await accept(url, social), { conduct: 'orderly' });
  // Work of the program besides the steps: assessment facts, and states of duties.
  await sequence(served.system.database);
  while ((await followTrail(served.system.database, served.system.catalogues)) > 0);
  while ((await followDuties(served.system.database, served.system.catalogues)) > 0);
}
