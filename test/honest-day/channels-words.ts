/** Words as gateways, letters and administrators write them. */
import { createNodemailerMail } from '../channel/mails.js';
import { accepted, days, onTheSpot, walked } from './caller-cases.js';
import { oddWords } from './caller-words.js';
import { gatewayMapping } from './channels-messages.js';
import { addSource, asideOf, byToken, deliver } from './channels-source.js';
import type { Outside } from './channels-receivers.js';
import type { Day } from './day.js';

export const oddLetters = (): Promise<readonly Buffer[]> =>
  Promise.all(
    oddWords.map((text, index) =>
      createNodemailerMail({
        ...{ from: `"王\u{20bb7}😤" <odd${index}@example.com>`, subject: text.slice(0, 60), text },
        messageId: `<odd-${index}@x>`,
      }),
    ),
  );

export async function channelWords(day: Day, outside: Outside): Promise<void> {
  const odd = await addSource(day, '怪字来源😤 é e\u0301', {
    mapping: {
      ...gatewayMapping,
      content: 'if message.text = "é" then "é" else message.text',
      title: 'message.title',
    },
  });
  const params = { id: odd.id };
  await day.call('setSourceOutgoing', {
    params,
    body: { address: outside.address.replace('http://127.0.0.1', 'HTTP://LocalHost') },
  });
  for (const [index, text] of oddWords.entries()) {
    await deliver(
      day,
      odd,
      { text, title: text.slice(0, 30), from: '138\u200b0000 4321' },
      byToken(odd, `odd-${index}`),
    );
  }
  // Half of a pair, as a gateway cuts a long SMS, and a null character.
  await deliver(day, odd, '{"text":"半个表情 \\ud83d","from":"139"}', byToken(odd, 'half'));
  await deliver(day, odd, '{"text":"空字符 \\u0000 后面","from":"139"}', byToken(odd, 'null'));
  await deliver(day, odd, '{"text":7,"from":13900001111}', byToken(odd, 'number'));
  await day.work();
  await deliver(day, odd, '{"text":"\\ud83d', byToken(odd, 'broken'));
  const [aside = 0] = await asideOf(day, odd);
  await day.call('registerPutAside', {
    params: { id: aside },
    body: {
      kind: 'help',
      title: '半个表情',
      content: oddWords[4] ?? '',
      callerName: '\u{20bb7}',
      callerContact: 'é',
    },
  });
  await texts(day);
  await numbers(day);
  await day.call('setSourceOutgoing', { params, body: { address: 'https://短信.例子.cn:443/out?a=1#b' } });
  await day.call('closeChannelSource', { params });
}

async function texts(day: Day): Promise<void> {
  for (const [index, text] of oddWords.slice(0, 5).entries()) {
    const said = text.replaceAll(/[{}]/g, '');
    const body = { subject: `e\u0301😤 {workOrder}`, text: `${said}\r\n{workOrder}`, basedOn: index };
    await day.call('changeMessageTemplate', { params: { occasion: 'closed', language: 'fr' }, body });
  }
}

/** Numbers of upstream hotlines, and limits with parts of a second. */
async function numbers(day: Day): Promise<void> {
  const to = await addSource(day, '怪号的省热线', {
    mapping: {
      ...{ content: 'message.text', kind: '"help"' },
      ...{ externalNo: 'message.no', externalDue: 'message.due' },
    },
  });
  const due = new Date(day.served.system.clock.now().getTime() + days(30) + 777);
  const given = [
    { no: 20260302000001, due: due.toISOString() },
    { no: '  鲁-①/é e\u0301 😤 ', due: due.toISOString().slice(0, 10) },
    { no: 'x'.repeat(100), due: `${due.toISOString().slice(0, 10)} 23:59` },
  ];
  for (const one of given) await deliver(day, to, { ...one, text: '桥上的路灯不亮' });
  const upstream = { source: to.id, number: '手工\u00a0编号 é' };
  const { no } = await accepted(day, { upstream });
  await walked(day, no, ...onTheSpot('修好了'));
  await day.call('handBackByHand', { params: { no }, body: { note: '在它的系统里填了😤\r\ne\u0301' } });
}
