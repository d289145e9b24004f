/** Sources of requests: real HTTP, signatures made by the specification's own library, a real database. */
import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import {
  accept,
  answered,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type Reply,
  type WorkOrderView,
} from '../http/serving.js';
import { plainTrails } from '../support/entries.js';
import { newcomer } from '../support/people.js';
import { smallPdf, vector } from '../support/sample-files.js';

interface Added {
  readonly id: number;
  readonly address: string;
  readonly secret: string;
}
interface Outcome {
  readonly status: string;
  readonly workOrder: string | null;
  readonly callerSecret: string | null;
  readonly reason: string | null;
}

describe('诉求来源：签名的 webhook', () => {
  const served = useServer({ at: 'now' });
  const smsMapping = {
    content: 'message.text',
    kind: 'if message.type = "投诉" then "complaint" else "help"',
    callerContact: 'message.from',
    messageId: 'string(message.id)',
  };
  let counter = 0;
  const source = async (given: object = {}): Promise<Added> => {
    const body = {
      name: `来源${++counter}`,
      channel: 'sms',
      proof: 'signature',
      mapping: smsMapping,
      ...given,
    };
    return answered('addChannelSource', await post(served().url, '/api/channel-sources', body)) as Added;
  };
  const signed = (
    { secret }: Added,
    body: string | Buffer,
    { id = 'msg_1', at = served().system.clock.now() } = {},
  ): { [name: string]: string } => ({
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body.toString()),
  });
  const deliver = (to: Added, body: string | Buffer, headers = signed(to, body)): Promise<Reply> =>
    send(served().url, to.address, { method: 'POST', headers, body });
  const taken = (reply: Reply): Outcome => answered('receiveChannelMessage', reply) as Outcome;
  const sheetOf = async (no: string | null) => {
    const { rows } = await served().system.database.pool.query<{ [column: string]: unknown }>(
      'SELECT channel, kind, title, content, place_address AS place, reply_wanted, confidential FROM hotline.work_order WHERE no = $1',
      [no],
    );
    return rows[0];
  };
  const sheets = async (): Promise<number> => {
    const { rows } = await served().system.database.pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM hotline.work_order',
    );
    return rows[0]?.n ?? 0;
  };

  it('第二十三条第二项：短信来的和电话里说的一样提议分类和单位，写在轨迹里；归到别的分类的不再提议', async () => {
    const { url, system } = served();
    const text = '小区里突然停水，没有通知';
    const asked = await post(url, '/api/intake/suggestions', { title: text, text, kind: 'help' });
    const { classes } = answered('suggestIntake', asked) as {
      classes: { class: { code: string }; dispatch: object | null }[];
    };
    const [likely, other] = classes;
    const gateway = await source();
    const no = taken(await deliver(gateway, JSON.stringify({ id: 70, from: '13800001234', text }))).workOrder;
    const read = async () =>
      answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
    const proposed = { class: likely?.class.code, dispatch: likely?.dispatch };
    expect(proposed.dispatch).to.have.nested.property('answers.unit');
    expect((await read()).proposed).to.deep.equal(proposed);
    const said = await accept(url, { ...waterCut, title: text, content: text });
    expect(said.proposed).to.deep.equal(proposed);
    const entries = await system.database.transaction((one) => plainTrails(system.trail, one, [no ?? '']));
    expect(entries.get(no ?? '')?.[0]?.body)
      .to.have.nested.property('data.proposed')
      .that.deep.equals(proposed);
    await post(url, `/api/work-orders/${no}/class`, { class: other?.class.code });
    expect((await read()).proposed).to.equal(null);
  });

  it('一条短信成为一张工单；再发一次、同时发十次，还是这一张，答复一样', async () => {
    const gateway = await source();
    const sms = JSON.stringify({
      id: 71,
      from: '13800001234',
      type: '投诉',
      text: '楼下烧烤摊油烟很大，夜里也不停',
    });
    const first = taken(await deliver(gateway, sms));
    expect(first.status).to.equal('accepted');
    expect(first.callerSecret).to.match(/^\d{12}$/);
    expect(await sheetOf(first.workOrder)).to.deep.include({
      channel: 'sms',
      kind: 'complaint',
      title: '楼下烧烤摊油烟很大，夜里也不停',
      content: '楼下烧烤摊油烟很大，夜里也不停',
    });
    const before = await sheets();
    const again = await Promise.all(Array.from({ length: 10 }, () => deliver(gateway, sms)));
    for (const reply of again) expect(taken(reply)).to.deep.equal(first);
    expect(await sheets()).to.equal(before);
    const { chain, tasks } = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${first.workOrder}`),
    ) as { chain: { holds: boolean }; tasks: object[] };
    expect(chain.holds).to.equal(true);
    expect(tasks).to.have.length(1);
  });

  it('微信的嵌套 JSON 照对应关系取出来，再发一次还是这一张；表单也收', async () => {
    const wechat = await source({
      channel: 'wechat',
      mapping: {
        content: 'message.data.content',
        title: 'message.data.subject',
        kind: '"suggestion"',
        callerName: 'message.data.user.nick',
        place: 'message.data.where',
        confidential: 'message.data.secret = 1',
      },
    });
    const body = JSON.stringify({
      data: {
        subject: '公交',
        content: '希望 7 路延到医院',
        where: '市立医院东门',
        user: { nick: '小王' },
        secret: 1,
      },
    });
    const first = taken(await deliver(wechat, body, signed(wechat, body, { id: 'wx-1' })));
    const { workOrder } = first;
    const before = await sheets();
    expect(taken(await deliver(wechat, body, signed(wechat, body, { id: 'wx-1' })))).to.deep.equal(first);
    expect(await sheets()).to.equal(before);
    expect(await sheetOf(workOrder)).to.deep.include({
      channel: 'wechat',
      kind: 'suggestion',
      title: '公交',
      place: '市立医院东门',
      confidential: true,
    });
    const form = await source({ proof: 'token', mapping: { ...smsMapping, kind: '"help"' } });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-channel-token': form.secret };
    const reply = await deliver(
      form,
      'id=5&from=13900000000&text=%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE',
      headers,
    );
    expect(await sheetOf(taken(reply).workOrder)).to.deep.include({ content: '路灯不亮' });
  });

  it('签名、口令、时刻不对，来源不存在：一样的 401，什么也没有留下，记入 refusals 和来源的状况', async () => {
    const gateway = await source();
    const body = JSON.stringify({ id: 1, from: '1', text: '甲' });
    const before = await sheets();
    const now = served().system.clock.now();
    const wrong: { [name: string]: string }[] = [
      {},
      { ...signed(gateway, body), 'webhook-signature': 'v1,AAAA' },
      signed(gateway, `${body} `),
      signed(gateway, body, { at: new Date(now.getTime() - 301_000) }),
      signed(gateway, body, { at: new Date(now.getTime() + 301_000) }),
      { ...signed(gateway, body), 'webhook-id': 'other' },
      { 'x-channel-token': gateway.secret },
    ];
    for (const headers of wrong) {
      expect(problemIn(await deliver(gateway, body, headers)).code).to.equal('source.not-verified');
    }
    const nowhere = await deliver({ ...gateway, address: '/api/channels/unknown/messages' }, body);
    expect(problemIn(nowhere)).to.include({ status: 401, code: 'source.not-verified' });
    expect(await sheets()).to.equal(before);
    const { items } = answered('listChannelSources', await send(served().url, '/api/channel-sources')) as {
      items: { id: number; lastFailure: string | null; accepted: number }[];
    };
    expect(items.find(({ id }) => id === gateway.id)).to.include({ accepted: 0, lastFailure: '没有签名' });
    const closed = await post(served().url, `/api/channel-sources/${gateway.id}/closure`, undefined);
    answered('closeChannelSource', closed);
    expect(problemIn(await deliver(gateway, body)).code).to.equal('source.not-verified');
  });

  it('读不懂的留给人处理，说明原因，不丢、不重复；登记成工单或者写明不受理以后不再列出，原文删除', async () => {
    const gateway = await source();
    const bad: readonly [string | Buffer, string][] = [
      ['这不是 JSON', '正文不是 JSON，也不是表单'],
      ['[]', '事项内容不是文字'],
      ['null', '没有取到事项内容'],
      [JSON.stringify({ id: 'x', text: { a: 1 } }), '事项内容不是文字'],
      [JSON.stringify({ id: 'y', text: '长'.repeat(20_001) }), '事项内容超过 20000 个字'],
      [JSON.stringify({ id: 'z', text: '好', from: '1'.repeat(101) }), '联系方式超过 100 个字'],
      [Buffer.from([0xc4, 0xe3, 0xff]), '正文的编码认不出来'],
      [`${'['.repeat(40)}${']'.repeat(40)}`, '正文嵌套超过 32 层'],
    ];
    const before = await sheets();
    for (const [index, [body, reason]] of bad.entries()) {
      const id = `bad-${index}`;
      const headers = Buffer.isBuffer(body) ? undefined : { ...signed(gateway, body, { id }) };
      for (const _ of [1, 2]) {
        const reply = headers
          ? await deliver(gateway, body, headers)
          : await deliver(gateway, body, bytesSigned(gateway, body as Buffer, id));
        expect(taken(reply), reason).to.include({ status: 'put-aside', reason, workOrder: null });
      }
    }
    expect(await sheets()).to.equal(before);
    const list = async () =>
      (
        answered('listPutAside', await send(served().url, '/api/put-aside-messages')) as {
          items: { id: number; sourceName: string; reason: string; text: string }[];
        }
      ).items;
    const items = await list();
    expect(items.map(({ reason }) => reason)).to.deep.equal(bad.map(([, reason]) => reason));
    expect(items[0]?.text).to.equal('这不是 JSON');
    const sealed = await served().system.database.pool.query(
      "SELECT 1 FROM hotline.channel_message WHERE position(convert_to('这不是', 'UTF8') IN raw) > 0",
    );
    expect(sealed.rowCount).to.equal(0);

    const given = { kind: 'help', title: '路灯', content: '路灯坏了', callerContact: '13800000000' };
    const path = `/api/put-aside-messages/${items[0]?.id}/work-order`;
    const { workOrder } = answered('registerPutAside', await post(served().url, path, given)) as {
      workOrder: string;
    };
    expect(await sheetOf(workOrder)).to.include({ channel: 'sms', title: '路灯' });
    expect(problemIn(await post(served().url, path, given)).code).to.equal('message.not-found');
    const dismissal = `/api/put-aside-messages/${items[1]?.id}/dismissal`;
    answered('dismissPutAside', await post(served().url, dismissal, { why: 'test' }));
    expect((await list()).map(({ id }) => id)).to.deep.equal(items.slice(2).map(({ id }) => id));
    const kept = await served().system.database.pool.query(
      'SELECT 1 FROM hotline.channel_message WHERE id = ANY ($1) AND raw IS NOT NULL',
      [[items[0]?.id, items[1]?.id]],
    );
    expect(kept.rowCount).to.equal(0);
    // Sent again after somebody has handled it: still the same message.
    expect(taken(await deliver(gateway, '[]', signed(gateway, '[]', { id: 'bad-1' }))).status).to.equal(
      'put-aside',
    );
    expect(await list()).to.have.length(bad.length - 2);
  });

  it('同一编号、内容不同：两件都在，后一件留给人判断', async () => {
    const gateway = await source();
    const one = JSON.stringify({ id: 9, from: '1', text: '第一次说的' });
    const other = JSON.stringify({ id: 9, from: '1', text: '第二次说的' });
    expect(taken(await deliver(gateway, one)).status).to.equal('accepted');
    for (const _ of [1, 2]) {
      expect(taken(await deliver(gateway, other)).reason).to.equal('此前收到过同一编号、内容不同的消息');
    }
    expect(taken(await deliver(gateway, one)).status).to.equal('accepted');
  });

  it('对应关系存的时候就核对；样例试得出来；改、换密钥、停用都记入轨迹', async () => {
    const { url, system } = served();
    const add = (mapping: object) =>
      post(url, '/api/channel-sources', { name: '错的', channel: 'app', proof: 'token', mapping });
    expect(problemIn(await add({ content: 'message.', kind: '"help"' })).code).to.equal('expression.invalid');
    expect(problemIn(await add({ content: 'text', kind: '"help"' })).where).to.equal('mapping.content');
    expect(problemIn(await add({ content: 'message.a' })).code).to.equal('input.invalid');
    const gateway = await source({ name: '会改的' });
    const twice = await post(url, '/api/channel-sources', {
      name: '会改的',
      channel: 'app',
      proof: 'token',
      mapping: smsMapping,
    });
    expect(problemIn(twice).code).to.equal('source.exists');
    const trial = await post(url, '/api/channel-sources/trial', {
      mapping: { content: 'substring before(message.text, "#")', kind: '"help"' },
      sample: '{"text":"路灯坏了#3"}',
    });
    expect(answered('tryChannelMapping', trial)).to.deep.include({ problem: null });
    expect((trial.json as { sheet: { content: string } }).sheet.content).to.equal('路灯坏了');
    const { name: _name, ...rest } = { name: '', channel: 'weibo', mapping: smsMapping };
    answered(
      'changeChannelSource',
      await send(url, `/api/channel-sources/${gateway.id}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...rest, name: '改过的' }),
      }),
    );
    const rotation = await post(url, `/api/channel-sources/${gateway.id}/secret-rotation`, {
      proof: 'token',
    });
    const { secret } = answered('renewChannelSource', rotation) as { secret: string };
    const body = JSON.stringify({ id: 1, from: '1', text: '甲' });
    expect(problemIn(await deliver(gateway, body)).code).to.equal('source.not-verified');
    expect(taken(await deliver(gateway, body, { 'x-channel-token': secret })).status).to.equal('accepted');
    answered('closeChannelSource', await post(url, `/api/channel-sources/${gateway.id}/closure`, undefined));
    const { rows } = await system.database.pool.query<{ type: string }>(
      `SELECT type FROM hotline.trail_entry WHERE stream = 'channels'
        AND (convert_from(body, 'UTF8')::json ->> 'source')::int = $1 ORDER BY seq`,
      [gateway.id],
    );
    expect(rows.map(({ type }) => type)).to.deep.equal([
      'source.added',
      'source.changed',
      'source.secret-replaced',
      'source.closed',
    ]);
  });

  it('两百件乱写的消息：没有一个 500，每件不是成了工单就是留着', async () => {
    const gateway = await source({ proof: 'token' });
    const headers = { 'x-channel-token': gateway.secret, 'content-type': 'application/json' };
    const odd = [
      '\\u0000',
      '\\ud800',
      '{',
      '"',
      'null',
      '1e400',
      '[[[',
      '__proto__',
      '甲',
      '\u202e',
      '<img src=x onerror=1>',
    ];
    const before = await sheets();
    const outcomes = { accepted: 0, 'put-aside': 0 };
    for (let at = 0; at < 200; at++) {
      const seed = createHash('sha256').update(String(at)).digest();
      const pick = (n: number): string => odd[(seed[n] ?? 0) % odd.length] ?? '';
      const body =
        at % 3 === 0
          ? seed
          : at % 3 === 1
            ? `{"id":${at},"text":"${pick(0)}${pick(1)}","from":"${pick(2)}"}`
            : `{"id":"${pick(0)}${at}","text":${pick(1)},"${pick(2)}":${pick(3)}}`;
      const outcome = taken(await deliver(gateway, body, headers));
      outcomes[outcome.status as keyof typeof outcomes]++;
    }
    expect(outcomes.accepted).to.be.greaterThan(5);
    expect(outcomes['put-aside']).to.be.greaterThan(80);
    expect((await sheets()) - before).to.equal(outcomes.accepted);
    expect(served().reported).to.deep.equal([]);
  });

  it('谁可以：系统管理员设来源，看不到来信；受理人员处理来信，设不了来源', async () => {
    const { url, system } = served();
    const admin = await newcomer(system, { login: 'sys', roles: ['system-admin'] });
    const agent = await newcomer(system, { login: 'desk', roles: ['intake'] });
    expect((await send(url, '/api/channel-sources', { as: admin })).status).to.equal(200);
    expect((await send(url, '/api/channel-sources', { as: agent })).status).to.equal(403);
    expect((await send(url, '/api/put-aside-messages', { as: agent })).status).to.equal(200);
    expect((await send(url, '/api/put-aside-messages', { as: admin })).status).to.equal(403);
  });

  /** The library signs only texts, whereas the scheme covers bytes. */
  function bytesSigned(to: Added, body: Buffer, id: string): { [name: string]: string } {
    const headers = signed(to, body, { id });
    const key = Buffer.from(to.secret.slice('whsec_'.length), 'base64');
    const mac = createHmac('sha256', key)
      .update(`${id}.${headers['webhook-timestamp'] ?? ''}.`)
      .update(body);
    return { ...headers, 'webhook-signature': `v1,${mac.digest('base64')}` };
  }

  it('对应关系读出语言、是否愿意收消息；没有的语言由人处理，不写的是中文', async () => {
    const to = await source({
      mapping: {
        content: 'message.text',
        kind: '"help"',
        language: 'message.lang',
        messagesWanted: 'message.told',
      },
    });
    const languageOf = async (id: string, message: object) => {
      const body = JSON.stringify(message);
      const { workOrder, reason } = taken(await deliver(to, body, signed(to, body, { id })));
      if (workOrder === null) return reason;
      const { rows } = await served().system.database.pool.query<{ [column: string]: unknown }>(
        'SELECT language, messages_wanted AS told FROM hotline.work_order WHERE no = $1',
        [workOrder],
      );
      return rows[0];
    };
    expect(await languageOf('lang_1', { text: 'Street light', lang: 'EN', told: false })).to.deep.equal({
      language: 'en',
      told: false,
    });
    expect(await languageOf('lang_2', { text: '路灯坏了' })).to.deep.equal({ language: 'zh', told: true });
    expect(await languageOf('lang_3', { text: '路灯坏了', lang: 'it' })).to.equal(
      '语言不是 zh、en、fr、ru、de 之一',
    );
  });

  it('附件照对应关系取：Base64、multipart 都收，不收的写明，再发不重复；地址不打开；没有写附件的来源照旧至多 1 MiB', async () => {
    const photographs = { ...smsMapping, kind: '"help"', files: 'message.photos' };
    const to = await source({ channel: 'wechat', mapping: photographs });
    const attachmentsOf = async (no: string | null) =>
      answered('listAttachments', await send(served().url, `/api/work-orders/${no}/attachments`)) as {
        items: { name: string; addedBy: string | null }[];
        refused: { name: string; why: string }[];
      };
    const pdf = smallPdf.toString('base64');
    const body = JSON.stringify({
      ...{ id: 1, from: '13800001234', text: '井盖没了' },
      photos: [
        { name: '现场.pdf', content: pdf },
        `data:application/pdf;base64,${Buffer.concat([smallPdf, Buffer.from('%')]).toString('base64')}`,
        { name: '脚本.svg', content: vector.toString('base64') },
        'https://example.com/photo.jpg',
      ],
    });
    const first = taken(await deliver(to, body));
    const found = await attachmentsOf(first.workOrder);
    expect(found.items.map(({ name }) => name).sort()).to.deep.equal(['现场.pdf', '附件 2.pdf'].sort());
    expect(found.refused.map(({ name }) => name)).to.deep.equal(['脚本.svg', '附件 4']);
    expect(found.refused[1]?.why).to.equal('不是 Base64 的文字；外面的地址不打开');
    expect(taken(await deliver(to, body))).to.deep.equal(first);
    expect(await attachmentsOf(first.workOrder)).to.deep.equal(found);

    const form = new FormData();
    for (const [name, value] of Object.entries({ id: '2', from: '13800001234', text: '路灯坏了' })) {
      form.append(name, value);
    }
    form.append('photos', new File([new Uint8Array(smallPdf)], '路灯.pdf'));
    const sent = new Response(form);
    const bytes = Buffer.from(await sent.arrayBuffer());
    const headers = bytesSigned(to, bytes, 'parts');
    const type = sent.headers.get('content-type') ?? '';
    const parts = taken(await deliver(to, bytes, { ...headers, 'content-type': type }));
    expect(await sheetOf(parts.workOrder)).to.include({ content: '路灯坏了', channel: 'wechat' });
    expect((await attachmentsOf(parts.workOrder)).items.map(({ name }) => name)).to.deep.equal(['路灯.pdf']);

    const large = JSON.stringify({ id: 3, from: '1', text: '大', photos: ['A'.repeat(2 * 1024 * 1024)] });
    expect(taken(await deliver(to, large)).status).to.equal('accepted');
    const narrow = await source();
    expect(problemIn(await deliver(narrow, large)).code).to.equal('input.too-large');
    const many = JSON.stringify({
      id: 4,
      from: '1',
      text: '多',
      photos: Array.from({ length: 60 }, () => '?'),
    });
    const { workOrder } = taken(await deliver(to, many));
    expect((await attachmentsOf(workOrder)).refused.at(-1)?.name).to.equal('另外 10 个文件');

    const trial = await post(served().url, '/api/channel-sources/trial', {
      mapping: photographs,
      sample: body,
    });
    const { files } = answered('tryChannelMapping', trial) as {
      files: { name: string; problem: string | null }[];
    };
    expect(files.map(({ problem }) => problem)).to.deep.equal([
      null,
      null,
      null,
      '不是 Base64 的文字；外面的地址不打开',
    ]);
  });
});
