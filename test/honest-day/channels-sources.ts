/** Sources with every kind of proof: created, changed, renewed, closed; their messages are accepted or set aside. */
import { expect } from 'chai';
import { photo, smallPdf, vector } from '../support/sample-files.js';
import { minutes, onTheSpot, toUnit, walked } from './caller-cases.js';
import { addSource, asideOf, byToken, deliver, refused, signed, smsMapping } from './channels-source.js';
import type { Day } from './day.js';

export async function sources(day: Day): Promise<void> {
  await triedFirst(day);
  await signing(day);
  await showingToken(day);
  await withFiles(day);
  await putAside(day);
  await changed(day);
  await day.work();
}

async function triedFirst(day: Day): Promise<void> {
  const mapping = { content: 'substring before(message.text, "#")', kind: '"help"' };
  for (const given of [
    { mapping, sample: '{"text":"路灯坏了#3"}' },
    { mapping, sample: '{"words":"路灯坏了"}' },
    { mapping: smsMapping, sample: 'id=5&from=139&text=%E8%B7%AF%E7%81%AF', form: true },
  ]) {
    await day.call('tryChannelMapping', { body: given });
  }
}

async function signing(day: Day): Promise<void> {
  const gateway = await addSource(day, '签名网关', { proof: 'signature' });
  const sms = JSON.stringify({ id: 71, from: '13800001234', type: '投诉', text: '楼下烧烤摊油烟很大' });
  const first = await deliver(day, gateway, sms, signed(day, gateway, sms, 'msg_1'));
  expect(first.status).to.equal('accepted');
  const again = await Promise.all(
    [1, 2, 3].map(() => deliver(day, gateway, sms, signed(day, gateway, sms, 'msg_1'))),
  );
  for (const one of again) expect(one).to.deep.equal(first);
  const danger = JSON.stringify({ id: 72, from: '13800001234', text: '三号楼着火了' });
  const { workOrder } = await deliver(day, gateway, danger, signed(day, gateway, danger, 'msg_2'));
  await walked(day, workOrder, ...toUnit());
  await walked(day, first.workOrder, {
    ...{ conduct: 'orderly', kind: 'complaint' },
    ...{ accusation: 'none', accusedNone: '一家烧烤店，不是承办单位' },
  });
  const old = signed(day, gateway, sms, 'msg_3');
  day.later(minutes(10));
  await refused(day, gateway, sms, old);
  await refused(day, gateway, sms, { ...signed(day, gateway, sms, 'msg_4'), 'webhook-signature': 'v1,AAAA' });
}

async function showingToken(day: Day): Promise<void> {
  const wechat = await addSource(day, '微信', {
    channel: 'wechat',
    mapping: {
      ...{ content: 'message.data.content', title: 'message.data.subject', kind: '"suggestion"' },
      ...{ callerName: 'message.data.user.nick', place: 'message.data.where', district: '"某区"' },
      ...{
        confidential: 'message.data.secret = 1',
        language: 'message.lang',
        messagesWanted: 'message.told',
      },
      ...{ callerAddress: 'message.data.home', replyWanted: 'message.reply' },
    },
  });
  const data = {
    ...{ subject: '公交', content: '希望 7 路延到医院', where: '市立医院东门', user: { nick: '小王' } },
    ...{ secret: 1, home: '某路九八号' },
  };
  const message = { data, lang: 'en', told: false, reply: false };
  const { workOrder } = await deliver(day, wechat, message, byToken(wechat, 'wx-1'));
  await deliver(day, wechat, message, byToken(wechat, 'wx-1'));
  // Without a number of its own, the same bytes are the same message.
  const other = { data: { ...data, content: '希望 7 路夜里加一班' } };
  await deliver(day, wechat, other);
  await deliver(day, wechat, other);
  await walked(day, workOrder, ...onTheSpot('已经转告公交公司，来电人同意。'));
  const form = await addSource(day, '表单');
  await deliver(day, form, 'id=5&from=13900000000&text=%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE', {
    ...byToken(form),
    'content-type': 'application/x-www-form-urlencoded',
  });
  await refused(day, form, '{"id":6,"text":"甲"}', { ...byToken(form), 'x-channel-token': 'x' });
}

async function withFiles(day: Day): Promise<void> {
  const app = await addSource(day, '应用', {
    ...{ channel: 'app', proof: 'signature' },
    mapping: { ...smsMapping, files: 'message.photos' },
  });
  const body = JSON.stringify({
    ...{ id: 1, from: '13800001234', text: '井盖没了' },
    photos: [
      { name: '现场.jpg', content: (await photo(320, 240)).toString('base64') },
      `data:application/pdf;base64,${smallPdf.toString('base64')}`,
      { name: '脚本.svg', content: vector.toString('base64') },
      'https://example.com/photo.jpg',
    ],
  });
  for (const _ of [1, 2]) await deliver(day, app, body, signed(day, app, body, 'files'));
  const form = new FormData();
  for (const [name, value] of Object.entries({ id: '2', from: '13800001234', text: '路灯坏了' })) {
    form.append(name, value);
  }
  form.append('photos', new File([new Uint8Array(smallPdf)], '路灯.pdf'));
  const sent = new Response(form);
  const bytes = Buffer.from(await sent.arrayBuffer());
  const type = sent.headers.get('content-type') ?? '';
  await deliver(day, app, bytes, { ...signed(day, app, bytes, 'parts'), 'content-type': type });
}

/** A person turns each into a sheet, or dismisses it, or leaves it. */
async function putAside(day: Day): Promise<void> {
  const gateway = await addSource(day, '读不懂的网关', { proof: 'signature' });
  const bad = [
    '这不是 JSON',
    '[]',
    'null',
    JSON.stringify({ id: 'x', text: { a: 1 } }),
    JSON.stringify({ id: 'z', text: '好', from: '1'.repeat(101) }),
    JSON.stringify({ id: 'w' }),
    Buffer.from([0xc4, 0xe3, 0xff]),
  ];
  for (const [index, body] of bad.entries()) {
    for (const _ of [1, 2]) {
      const one = await deliver(day, gateway, body, signed(day, gateway, body, `bad-${index}`));
      expect(one.status).to.equal('put-aside');
    }
  }
  for (const text of ['第一次说的', '第二次说的']) {
    const body = JSON.stringify({ id: 9, from: '1', text });
    for (const _ of [1, 2]) await deliver(day, gateway, body, signed(day, gateway, body, 'twice'));
  }
  const [first = 0, second = 0, ...others] = await asideOf(day, gateway);
  const given = { kind: 'help', title: '路灯', content: '路灯坏了' };
  const registered = (await day.call('registerPutAside', {
    params: { id: first },
    body: { ...given, callerName: '王某', callerContact: '13800000000' },
  })) as { readonly workOrder: string };
  await walked(day, registered.workOrder, ...toUnit());
  const danger = { kind: 'report', title: '有人受伤', content: '工地上有人受伤昏迷，没有人管' };
  await day.call('registerPutAside', { params: { id: second }, body: danger });
  for (const [index, why] of ['not-a-request', 'advertising', 'repeated', 'test'].entries()) {
    await day.call('dismissPutAside', { params: { id: others[index] ?? 0 }, body: { why } });
  }
  // Sent again after somebody has handled it.
  await deliver(day, gateway, '[]', signed(day, gateway, '[]', 'bad-1'));
}

async function changed(day: Day): Promise<void> {
  const before = await addSource(day, '会改的', { proof: 'signature' });
  const params = { id: before.id };
  const terms = { name: '渠道的改过的', channel: 'weibo', mapping: { ...smsMapping, kind: '"suggestion"' } };
  await day.call('changeChannelSource', { params, body: terms });
  const body = JSON.stringify({ id: 1, from: '1', text: '希望多种树' });
  await deliver(day, before, body, signed(day, before, body, 'one'));
  const renewed = async (proof: string) => {
    const given = await day.call('renewChannelSource', { params, body: { proof } });
    return { ...before, ...(given as { readonly secret: string }) };
  };
  const byShown = await renewed('token');
  await refused(day, before, body, signed(day, before, body, 'two'));
  await deliver(day, byShown, { id: 2, from: '1', text: '希望多种花' });
  await renewed('token');
  const signing = await renewed('signature');
  const last = JSON.stringify({ id: 3, from: '1', text: '希望少修路' });
  await deliver(day, signing, last, signed(day, signing, last, 'three'));
  await day.call('changeChannelSource', { params, body: { ...terms, name: '渠道的又改过的' } });
  const unread = JSON.stringify({ id: 4 });
  await deliver(day, signing, unread, signed(day, signing, unread, 'four'));
  await day.call('closeChannelSource', { params });
  await refused(day, signing, last, signed(day, signing, last, 'five'));
  // Messages from a closed source wait as before.
  const [waiting = 0] = await asideOf(day, { ...signing, name: '渠道的又改过的' });
  await day.call('registerPutAside', {
    params: { id: waiting },
    body: { kind: 'suggestion', title: '种树', content: '希望多种树' },
  });
}
