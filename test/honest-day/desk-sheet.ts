/** Acts on a sheet beside its process: corrections, classes, notes, reads, recusals, erasure. */
import { sweepAttachments } from '../../src/cases/index.js';
import * as files from '../support/sample-files.js';
import type { Call, Day } from './day.js';
import {
  deskOf,
  gas,
  handled,
  heat,
  onTheSpot,
  satisfied,
  toUnit,
  water,
  type Order,
  type Who,
} from './desk-steps.js';

const pin = { longitude: 117.0297, latitude: 36.6683, system: 'GCJ-02' } as const;
const spot = { longitude: 117.15, latitude: 36.65, system: 'WGS-84' } as const;
const home = '泉城路998号2单元501';
const crossing = '泉城路与县西巷路口西北角';

export async function deskSheet(day: Day): Promise<void> {
  await corrections(day);
  await kinds(day);
  await papers(day);
  await callers(day);
}

/** Calls an operation on the sheet. */
function actingOn(day: Day) {
  const { person } = deskOf(day);
  return async (
    id: Parameters<Day['call']>[0],
    { sheet: { no } }: Order,
    { who = 'agent', params, ...call }: Omit<Call, 'as'> & { readonly who?: Who } = {},
  ): Promise<unknown> => {
    day.later(60_000);
    return day.call(id, { as: await person(who), params: { no, ...params }, ...call });
  };
}

function correctingBy(day: Day) {
  const act = actingOn(day);
  const { read } = deskOf(day);
  return async (order: Order, fields: object, who: Who = 'agent'): Promise<Order> => {
    const { corrected: basedOn } = await read(order);
    const body = { basedOn, reason: '听写有误', ...fields };
    return (await act('correctWorkOrder', order, { who, body })) as Order;
  };
}

/** Each field once, before and after the unit has the sheet, and after the end. */
async function corrections(day: Day): Promise<void> {
  const { accept, dispatched, through } = deskOf(day);
  const correct = correctingBy(day);
  const fresh = await accept({ district: '历下区', place: { address: crossing, point: pin } });
  const handedOver = await dispatched(water, { district: '历下区', callerAddress: home });
  const ended = await accept({ answers: onTheSpot });
  for (const order of [fresh, handedOver, ended]) {
    await correct(order, { title: '小区停电', content: '整栋楼没有电' });
    await correct(order, { district: '市中区' }, 'boss');
    await correct(order, { district: null, channel: 'wechat' });
    await correct(order, { language: 'de', messagesWanted: false });
    await correct(order, { place: { address: '趵突泉南路路口', point: spot } });
    await correct(order, {
      place: { ofCaller: true, point: pin },
      callerAddress: home.replace('998', '889'),
    });
    await correct(order, { place: { address: crossing } });
    await correct(order, { place: null });
    await correct(order, { callerName: '来电人乙', callerContact: '13833334444' });
    await correct(order, { callerContact: null, callerName: null, callerAddress: null });
    await correct(order, { callerContact: '13877778888' });
    await correct(order, { replyWanted: false });
    await correct(order, { replyWanted: true });
    await correct(order, { confidential: true });
    await correct(order, { confidential: false, kind: 'suggestion' });
  }
  const [sign, ...rest] = handled;
  const received = await through(handedOver, sign);
  await correct(received, { replyWanted: false });
  await correct(received, { replyWanted: true });
  const done = await through(received, ...rest, ...satisfied);
  await correct(done, { title: '停电', callerContact: '13811112222' });

  const quiet = await through(await dispatched(water, { replyWanted: false }), sign, ['Task_Handle']);
  await correct(await through(quiet, ['Task_Feedback']), { replyWanted: true });
}

/** Corrections of the kind, and of whom it accuses. */
async function kinds(day: Day): Promise<void> {
  const { accept, dispatched, through, complete } = deskOf(day);
  const correct = correctingBy(day);
  const unregistered = await correct(await accept(), { kind: 'complaint' });
  await complete(unregistered, 'Task_Register', {
    kind: 'complaint',
    channel: 'phone',
    conduct: 'orderly',
    accusation: 'matter',
  });
  const report = await dispatched();
  await correct(report, {
    kind: 'report',
    answers: { accusation: 'none', accusedNone: '一家餐馆，不是承办单位' },
  });
  await correct(report, { answers: { accusedNone: '餐馆隔壁的饭店' } });
  await correct(report, { kind: 'help', answers: { accusation: null, accusedNone: null } });
  await correct(report, { kind: 'complaint', answers: { accusation: 'unit', accusedUnit: gas } });
  await correct(report, { kind: 'report' });

  // The accused unit holds the sheet, which is taken back.
  const against = await dispatched();
  const taken = await correct(against, {
    kind: 'complaint',
    answers: { accusation: 'unit', accusedUnit: water },
  });
  await through(taken, ['Task_RuleAfterRecusal', { unit: heat }], ...handled, ...satisfied);
  const ended = await through(await dispatched(), ...handled, ...satisfied);
  await correct(ended, { kind: 'complaint', answers: { accusation: 'unit', accusedUnit: gas } });
}

/** Classes, notes, files, receipts. */
async function papers(day: Day): Promise<void> {
  const { accept, dispatched } = deskOf(day);
  const act = actingOn(day);
  const { classTrees, database } = day.served.system;
  const tree = await database.transaction((transaction) => classTrees.current(transaction));
  const codes = tree.leaves.map(({ code }) => code);
  const [first, second, third] = codes;
  const order = await dispatched(water, { class: first });
  const later = await accept();
  for (const [on, code, who] of [
    ...([
      [order, second, 'agent'],
      [order, third, 'reviewer'],
      [order, third, 'boss'],
    ] as const),
    ...([
      [later, first, 'agent'],
      [later, second, 'boss'],
    ] as const),
  ] as const) {
    await act('classifyWorkOrder', on, { who, body: { class: code } });
  }

  for (const who of ['agent', 'water', 'reviewer', 'boss', 'inspector'] as const) {
    const noted = (await act('addNote', order, {
      who,
      body: { text: `来电人四点以后才接电话，${who}` },
    })) as Order;
    const entry = noted.trail.at(-1)?.seq ?? 0;
    if (who !== 'boss') await act('strikeNote', order, { who, params: { entry } });
    if (who === 'agent') await act('strikeNote', order, { who, params: { entry } });
  }
  for (let time = 0; time < 2; time += 1) await act('addNote', order, { body: { text: '等回电' } });

  const photo = await files.photoWithPlace();
  for (const [shows, name, body, who] of [
    ['matter', '路面积水.jpg', photo, 'agent'],
    ['matter', '路面积水.jpg', photo, 'agent'],
    ['before', '施工前.jpg', await files.photo(), 'water'],
    ['after', '施工后.jpg', await files.photo(), 'water'],
    ['after', '情况说明.docx', await files.letter(), 'reviewer'],
    ['before', '通知.pdf', files.smallPdf, 'boss'],
    ['matter', '来电.amr', files.amr, 'agent'],
  ] as const) {
    const headers = { 'x-file-name': encodeURIComponent(name) };
    await act('addAttachment', order, { who, query: { shows }, headers, body });
  }

  await act('giveReceiptAtDesk', order);
  await day.work();
  await act('giveReceiptAtDesk', order);
  await act('giveReceiptAtDesk', later, { who: 'boss' });
  await act('reissueCallerSecret', order);
  await act('reissueCallerSecret', order);
}

/** Reading the caller's data, recusing persons, erasing data. */
async function callers(day: Day): Promise<void> {
  const { accept, dispatched, through } = deskOf(day);
  const act = actingOn(day);
  const correct = correctingBy(day);
  const order = await dispatched(water, { callerAddress: home });
  for (const [who, purpose] of [
    ['agent', 'caller-asks'],
    ['water', 'reply'],
    ['reviewer', 'follow-up'],
    ['boss', 'supervision'],
    ['inspector', 'investigation'],
    ['agent', 'explanation'],
  ] as const) {
    await act('revealCaller', order, { who, body: { purpose, reason: '约定上门' } });
  }
  await correct(order, { callerName: '来电人丙' });
  await act('revealCaller', order, { body: { purpose: 'reply', reason: '回电' } });

  const recused = await accept({ answers: toUnit(water) });
  await act('recusePersons', recused, { body: { persons: 'desk-plumber、查无此人' } });
  await act('recusePersons', recused, { who: 'inspector', body: { persons: '工位colleague' } });
  await act('recusePersons', recused, { who: 'boss', body: { persons: 'desk-boss' } });
  await act('recusePersons', recused, { who: 'reviewer', body: { persons: 'desk-plumber' } });

  const officer = () => day.person({ login: 'desk-security', roles: ['security-admin'] });
  const body = { reason: '来电人要求删除' };
  const photo = {
    query: { shows: 'matter' },
    headers: { 'x-file-name': 'a.jpg' },
    body: await files.photo(),
  };
  const open = await accept({ callerAddress: home, place: { ofCaller: true, point: pin } });
  await act('addAttachment', open, photo);
  const ended = await through(await dispatched(), ...handled, ...satisfied);
  await correct(ended, { callerContact: '13899990000' });
  for (const { sheet } of [open, ended, order]) {
    await day.call('eraseCaller', { as: await officer(), params: { no: sheet.no }, body });
  }
  await sweepByDay(day);
  await correct(open, { place: { address: crossing } });
  await correct(ended, { title: '停水，资料已经删除' });
}

/** The sweeping job queues itself for tonight, which is past for the queue's own clock: it would never end here. */
async function sweepByDay(day: Day): Promise<void> {
  const { system } = day.served;
  await sweepAttachments(system);
  await system.database.pool.query(
    "DELETE FROM hotline_jobs._private_jobs WHERE key LIKE 'attachment.sweep%' AND locked_at IS NULL",
  );
}
