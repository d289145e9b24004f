/**
 * Calls taken: every channel and kind, with and without a class, registered at once or later, and
 * the queries in between.
 */
import { waterCut } from '../http/serving.js';
import type { Day } from './day.js';
import { deskOf, onTheSpot, toUnit, water } from './desk-steps.js';

const point = { longitude: 117.0297, latitude: 36.6683, system: 'GCJ-02' } as const;
const fire = { title: '厨房着火', content: '厨房着火了，有浓烟' };

export async function deskIntake(day: Day): Promise<void> {
  const { person, accept, complete, through } = deskOf(day);
  const { classTrees, database, laws } = day.served.system;
  const law = laws.today();
  const tree = await database.transaction((transaction) => classTrees.current(transaction));
  const [first = '', second = ''] = tree.leaves.map(({ code }) => code);

  for (const [index, { key }] of law.channels.entries()) {
    const about = { channel: key, title: `停水第${index}次`, ...(index % 2 === 0 ? { class: first } : {}) };
    const order = await accept(about);
    await complete(order, 'Task_Register', { channel: key, kind: 'help', conduct: 'orderly' });
  }
  for (const { key } of law.kinds) {
    const accusing = key === 'complaint' || key === 'report';
    const answers = {
      conduct: 'orderly',
      ...(accusing ? { accusation: 'none', accusedNone: '一家餐馆' } : {}),
    };
    await accept({ kind: key, answers });
  }

  // Typed requests are answered on the spot, handed over, or referred elsewhere.
  await accept({ answers: onTheSpot });
  await accept({ class: second, answers: toUnit(water) });
  await accept({
    answers: {
      conduct: 'orderly',
      wayOut: 'original-channel',
      pendingProcedure: 'review',
      channelTold: true,
    },
  });
  await accept({
    callerName: null,
    callerContact: null,
    replyWanted: false,
    answers: { conduct: 'orderly' },
  });
  await accept({ confidential: true, callerAddress: '泉城路998号2单元501', answers: toUnit(water) });
  await accept({ place: { address: '泉城路与县西巷路口', point }, district: '历城区' });
  await accept({ callerAddress: '泉城路998号2单元501', place: { ofCaller: true, point } });
  await accept({ language: 'en', messagesWanted: false, content: 'There is no water in our building.' });
  await accept({ accusedPersons: 'desk-colleague、查无此人', kind: 'complaint', call: 'desk:call-1' });

  // The registration differs from the typed text; the caller is dissuaded, or referred to the
  // police.
  const other = await accept({ kind: 'help', replyWanted: true });
  await complete(other, 'Task_Register', {
    kind: 'suggestion',
    channel: 'sms',
    conduct: 'orderly',
    wishesReply: false,
    confidential: true,
  });
  const repeated = await accept({ title: '又来反映一次' });
  await through(
    repeated,
    ['Task_Register', { kind: 'help', conduct: 'malicious-repetition' }],
    ['Task_Dissuade', { dissuasionRecord: '已经劝阻', dissuasionEffective: false }],
    ['Task_DecideReferral', { referralDecision: 'refer', matterRemains: false }],
  );
  const insulting = await accept({ title: '辱骂接线员' });
  await through(
    insulting,
    ['Task_Register', { kind: 'help', conduct: 'insult' }],
    ['Task_DecideReferral', { referralDecision: 'keep', matterRemains: true }],
    ['Task_DecideWayOut', { wayOut: 'original-channel' }],
    [
      'Task_TellOriginalChannel',
      { pendingProcedure: 'other', channelTold: true, channelName: '信访', channelInfo: '市民中心二楼' },
    ],
  );

  await day.call('suggestIntake', { as: await person('agent'), body: {} });
  await day.call('suggestIntake', {
    as: await person('agent'),
    body: {
      ...{
        title: '停水',
        text: '早上起来就没有水',
        contact: '13800001234',
        district: '历城区',
        kind: 'help',
      },
      ...{ class: first, point, nearMetres: 300, nearDays: 7 },
    },
  });

  // The same request twice is one sheet.
  const headers = { 'idempotency-key': 'desk-1' };
  const body = { ...waterCut, title: '重发的一件' };
  for (let time = 0; time < 2; time += 1) {
    await day.call('acceptRequest', { as: await person('agent'), body, headers });
  }

  await emergencies(day);
  await upstreams(day);
}

/** Emergencies in typed words: passed on at once, registered normally, or settled without registering. */
async function emergencies(day: Day): Promise<void> {
  const { person, accept, complete, through } = deskOf(day);
  const passedOn = { wayOut: 'emergency', emergencyLine: '119', emergencyTransferred: true };
  await accept({ ...fire, answers: { conduct: 'orderly', ...passedOn } });
  await through(
    await accept({ answers: { conduct: 'orderly' } }),
    ['Task_DecideWayOut', { wayOut: 'not-accepted' }],
    ['Task_ExplainNotAccepted', { nonAcceptanceGround: 'outside' }],
  );
  await complete(await accept(fire), 'Task_Register', { kind: 'help', conduct: 'orderly' });
  const { no } = (await accept({ ...fire, content: '邻居家有人昏迷' })).sheet;
  await day.call('settleEmergency', {
    as: await person('agent'),
    params: { no },
    body: { note: '已转 120，回告来电人' },
  });

  const table = (await day.call('readOtherChannels', { as: await person('boss') })) as {
    readonly version: number;
    readonly channels: readonly object[];
  };
  const hall = {
    ...{ key: 'desk-hall', name: '区政务服务大厅', emergency: false, procedure: 'other', reach: '大厅二楼' },
    ...{
      basis: '《信访工作条例》',
      words: ['办事大厅'],
      except: ['大厅漏雨'],
      dial: '12345',
      names: { en: 'Hall' },
    },
  };
  for (const [index, channels] of [[...table.channels, hall], table.channels].entries()) {
    const saved = { channels, basedOn: table.version + index, reason: '照本市的' };
    await day.call('saveOtherChannels', { as: await person('boss'), body: saved });
  }
}

/** Sheets typed in from another hotline's system. */
async function upstreams(day: Day): Promise<void> {
  const { accept } = deskOf(day);
  const mapping = { content: 'message.text', kind: '"help"', externalNo: 'message.orderNo' };
  const source = (await day.call('addChannelSource', {
    body: { name: '省热线（工位）', channel: 'app', proof: 'token', mapping },
  })) as { readonly id: number };
  await accept({ upstream: { source: source.id, number: 'S-1', due: '2026-03-05' }, answers: toUnit(water) });
  await accept({ upstream: { source: source.id, number: 'S-2' }, answers: onTheSpot });
  await accept({ upstream: { source: source.id, number: 'S-3', due: null } });
}
