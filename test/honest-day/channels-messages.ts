/** Messages to callers through their source's gateway: written, sent, in their languages, with changed texts. */
import { expect } from 'chai';
import { closed, onTheSpot, replied, toUnit, walked } from './caller-cases.js';
import type { Outside } from './channels-receivers.js';
import { addSource, deliver, sendsTo, type Outcome, type Source } from './channels-source.js';
import type { Day } from './day.js';

export const gatewayMapping = {
  ...{ content: 'message.text', kind: '"help"', callerContact: 'message.from', language: 'message.lang' },
  ...{ replyWanted: 'message.reply', confidential: 'message.secret', messagesWanted: 'message.told' },
};

export async function gatewayOf(day: Day, outside: Outside, name: string): Promise<Source> {
  const gateway = await addSource(day, name, { mapping: gatewayMapping });
  await sendsTo(day, gateway, outside);
  return gateway;
}

let count = 0;
export const sms = (day: Day, to: Source, more: object = {}): Promise<Outcome> =>
  deliver(day, to, { from: '13800004321', text: `楼道灯不亮，第 ${++count} 次说`, ...more });

interface Message {
  readonly occasion: string;
  readonly state: string;
  readonly failure: string | null;
}
export const told = async (day: Day, no: string): Promise<readonly Message[]> =>
  ((await day.call('readCallerMessages', { params: { no } })) as { readonly items: readonly Message[] })
    .items;

export async function messages(day: Day, outside: Outside): Promise<void> {
  const to = await gatewayOf(day, outside, '告知网关');
  await tested(day, to, outside);
  await wholeWay(day, to);
  await everyLanguage(day, to);
  await otherTexts(day, to, outside);
  await setElsewhere(day, outside);
}

async function tested(day: Day, { id }: Source, outside: Outside): Promise<void> {
  const test = () => day.call('testSourceOutgoing', { params: { id } });
  expect(await test()).to.include({ arrived: true });
  outside.answer = 500;
  expect(await test()).to.include({ arrived: false });
  outside.answer = 200;
}

async function wholeWay(day: Day, to: Source): Promise<void> {
  const quick = await sms(day, to);
  await day.work();
  await walked(day, quick.workOrder, ...onTheSpot('灯泡已经换好。'));
  await day.work();
  expect((await told(day, quick.workOrder)).map(({ state }) => state)).to.deep.equal([
    'told',
    'told',
    'told',
  ]);
  const long = await sms(day, to);
  await walked(day, long.workOrder, ...toUnit(), ...replied('涉及他人的住址'), ...closed());
  await sms(day, to, { told: false });
  await sms(day, to, { from: null });
  const quiet = await sms(day, to, { reply: false });
  await walked(
    day,
    quiet.workOrder,
    ...[{ conduct: 'orderly', wishesReply: false }, { wayOut: 'on-the-spot' }, { answerSummary: '修好了' }],
  );
  const withheld = await sms(day, to, { secret: true });
  await walked(day, withheld.workOrder, ...[...toUnit(), ...replied().slice(0, 2)], {
    replySummary: '某人的住址',
    withheldGround: 'privacy',
    withheldBasis: '《民法典》第一千零三十四条',
  });
  // A new code replaces the old one before the first message has told it.
  const renewed = await sms(day, to);
  await day.call('reissueCallerSecret', { params: { no: renewed.workOrder } });
  await day.work();
}

async function everyLanguage(day: Day, to: Source): Promise<void> {
  for (const lang of ['zh', 'en', 'fr', 'ru', 'de']) await sms(day, to, { lang });
  await sms(day, to, { text: 'The house next door is on fire', lang: 'en' });
  await day.work();
}

async function otherTexts(day: Day, to: Source, outside: Outside): Promise<void> {
  const change = async (language: string, text: string): Promise<void> => {
    const { items } = (await day.call('listMessageTemplates')) as {
      readonly items: readonly { occasion: string; language: string; version: number }[];
    };
    const now = items.find((one) => one.occasion === 'accepted' && one.language === language);
    await day.call('changeMessageTemplate', {
      params: { occasion: 'accepted', language },
      body: { subject: '受理 {workOrder}', text, basedOn: now?.version ?? 0 },
    });
  };
  const preview = { occasion: 'answered', subject: '工单 {workOrder}', text: '{answer}' };
  await day.call('previewMessageTemplate', { body: preview });
  await sms(day, to);
  await change('zh', '您好，{workOrder} 已受理。\n承办单位：{unit}\n查询码 {secret}');
  await change('en', 'Accepted as {workOrder}.\nCode {secret}');
  const { workOrder } = await sms(day, to);
  await sms(day, to, { lang: 'en' });
  await day.work();
  expect(outside.received.join()).to.include(`您好，${workOrder} 已受理。`);
  await change('zh', '{workOrder} 已受理，查询码 {secret}');
  await sms(day, to);
  await day.work();
}

/** Callers of a source get no messages for a while, and then again. */
async function setElsewhere(day: Day, outside: Outside): Promise<void> {
  const to = await gatewayOf(day, outside, '时有时无的网关');
  const params = { id: to.id };
  const [first, second] = [await sms(day, to), await sms(day, to)];
  await day.work();
  await day.call('setSourceOutgoing', { params, body: { address: null } });
  await walked(day, first.workOrder, ...onTheSpot('没有人会知道。'));
  await day.work();
  await sendsTo(day, to, outside);
  await walked(day, second.workOrder, ...onTheSpot('又发到了。'));
  await day.work();
  await day.call('closeChannelSource', { params });
}
