/**
 * Open311 GeoReport v2: names and types as in the specification and the published schemas
 * (open311/schema-validation), errors in its format, one sheet per request, and nothing about the
 * caller in the public list.
 */
import { expect } from 'chai';
import { after, before } from 'mocha';
import { accept, answered, post, problemIn, send, useServer, type Reply, type Sent } from './serving.js';
import { photoWithPlace } from '../support/sample-files.js';

interface Added {
  readonly id: number;
  readonly address: string;
  readonly secret: string;
}
type Listed = { readonly [field: string]: unknown };

const mapping = {
  content: 'message.description',
  kind: '"help"',
  callerName: 'message.name',
  callerContact: 'message.contact',
  callerAddress: 'message.address',
  place: 'message.address_string',
};
const formType = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const w3c = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

describe('Open311 GeoReport v2', () => {
  const environment = { ...process.env };
  before(() => {
    process.env['HOTLINE_OPEN311_JURISDICTION'] = 'city.example';
    process.env['HOTLINE_OPEN311_ORIGINS'] = 'https://map.example.org';
  });
  after(() => {
    for (const name of ['HOTLINE_OPEN311_JURISDICTION', 'HOTLINE_OPEN311_ORIGINS'])
      if (environment[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = environment[name];
  });
  const served = useServer();
  const later = (milliseconds: number): void => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + milliseconds));
  };
  let counter = 0;
  const source = async (given: object = {}): Promise<Added> => {
    const body = { name: `客户端${++counter}`, channel: 'app', proof: 'api-key', mapping, ...given };
    return answered('addChannelSource', await post(served().url, '/api/channel-sources', body)) as Added;
  };
  const ask = (path: string, sent: Sent = {}): Promise<Reply> =>
    send(served().url, path, { as: 'nobody', ...sent });
  const submit = (fields: { readonly [name: string]: string }, headers: Sent['headers'] = {}) =>
    ask('/open311/v2/requests.json', {
      method: 'POST',
      headers: { ...formType, ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  const listOf = (reply: Reply): readonly Listed[] => {
    expect(reply.status, reply.text).to.equal(200);
    expect(reply.headers['content-type']).to.equal('application/json; charset=utf-8');
    expect(reply.json).to.be.an('array');
    return reply.json as Listed[];
  };
  const faultIn = (reply: Reply): string => {
    expect(reply.headers['content-type']).to.equal('application/json; charset=utf-8');
    const [fault, ...more] = reply.json as { code: number; description: string }[];
    expect(more).to.deep.equal([]);
    expect(Object.keys(fault ?? {})).to.deep.equal(['code', 'description']);
    expect(fault?.code, reply.text).to.equal(reply.status);
    return fault?.description ?? '';
  };
  const services = async () => listOf(await ask('/open311/v2/services.json')) as { service_code: string }[];
  const anyService = async (): Promise<string> => (await services())[0]?.service_code ?? '';
  const requestOf = async (key: Added, more: { readonly [name: string]: string } = {}) => ({
    api_key: key.secret,
    service_code: await anyService(),
    lat: '36.6512',
    long: '117.1201',
    description: `路灯坏了 ${++counter}`,
    ...more,
  });
  const created = (reply: Reply): { service_request_id: string; service_notice: string } => {
    const [one, ...more] = listOf(reply) as { service_request_id: string; service_notice: string }[];
    expect(more).to.deep.equal([]);
    if (!one) throw new Error('nothing was created');
    expect(Object.keys(one)).to.deep.equal(['service_request_id', 'service_notice', 'account_id']);
    expect(one).not.to.have.property('token');
    return one;
  };
  const sheetOf = async (no: string) => {
    const { rows } = await served().system.database.pool.query<Listed>(
      `SELECT w.channel, w.kind, w.content, w.place_address AS place, w.place_system AS system,
              w.place_longitude AS longitude, c.code
         FROM hotline.work_order w LEFT JOIN hotline.sheet_class c ON c.work_order = w.no WHERE w.no = $1`,
      [no],
    );
    return rows[0];
  };

  it('没有一个来源有钥匙的，整个接口不在：404，照它的写法', async () => {
    for (const path of ['/discovery.json', '/open311/v2/services.json', '/open311/v2/requests.json']) {
      expect(faultIn(await ask(path)), path).to.include('没有启用');
    }
  });

  it('服务发现：各项齐全，changeset 是过去的时刻，地址照此可用', async () => {
    await source();
    const found = (await ask('/discovery.json')).json as {
      [field: string]: unknown;
      endpoints: { [field: string]: unknown; url: string }[];
    };
    for (const field of ['changeset', 'contact', 'key_service'])
      expect(found[field]).to.be.a('string').not.empty;
    const [endpoint] = found.endpoints;
    expect(endpoint).to.include({
      specification: 'http://wiki.open311.org/GeoReport_v2',
      type: 'production',
    });
    expect(endpoint?.['formats']).to.deep.equal(['application/json']);
    for (const changeset of [found['changeset'], endpoint?.['changeset']]) {
      expect(changeset).to.match(w3c);
      expect(new Date(String(changeset)).getTime()).to.be.at.most(served().system.clock.now().getTime());
    }
    const url = new URL(endpoint?.url ?? '');
    listOf(await send(url.origin, `${url.pathname}/services.json`, { as: 'nobody' }));
  });

  it('服务清单：分类树的每个末级一项，类型照公布的 schema；定义没有另外的栏', async () => {
    const all = (await services()) as readonly Listed[];
    const tree = answered('readClassification', await send(served().url, '/api/classification')) as {
      classes: { code: string; leaf: boolean }[];
    };
    expect(all.map((one) => one['service_code'])).to.deep.equal(
      tree.classes.filter(({ leaf }) => leaf).map(({ code }) => code),
    );
    for (const one of all) {
      for (const field of ['service_code', 'service_name', 'description', 'keywords', 'group']) {
        expect(one[field], field).to.be.a('string').not.empty;
      }
      expect(one).to.include({ metadata: false, type: 'realtime' });
      const path = `/open311/v2/services/${encodeURIComponent(String(one['service_code']))}.json`;
      expect((await ask(path)).json).to.deep.equal({ service_code: one['service_code'], attributes: [] });
    }
    expect(faultIn(await ask('/open311/v2/services/nothing.json'))).to.include('service_code');
    expect((await ask('/open311/v2/services/nothing.json')).status).to.equal(404);
  });

  it('提交的成为一张工单：归好类，坐标、地点、联系方式各在其位；媒体地址只照写，不打开', async () => {
    const client = await source();
    const code = await anyService();
    const one = created(
      await submit({
        ...(await requestOf(client)),
        jurisdiction_id: 'city.example',
        description: '路口的井盖松动，车一过就响',
        address_string: '解放路与历山路路口',
        first_name: '小明',
        last_name: '王',
        phone: '13800005555',
        email: 'xiaoming@example.org',
        media_url: 'http://127.0.0.1:1/never.jpg',
        device_id: 'tt222111',
        'attribute[WHEN]': '每天夜里',
      }),
    );
    expect(one.service_notice)
      .to.match(/查询码 \d{12}/)
      .and.include('media_url');
    expect(await sheetOf(one.service_request_id)).to.deep.equal({
      ...{ channel: 'app', kind: 'help', place: '解放路与历山路路口', system: 'WGS-84', longitude: 117.1201 },
      content:
        '路口的井盖松动，车一过就响\nWHEN：每天夜里\n（附有图片的地址，程序没有打开过：http://127.0.0.1:1/never.jpg）',
      code,
    });
    const secret = /查询码 (\d{12})/.exec(one.service_notice)?.[1];
    const progress = await post(served().url, '/api/progress', { no: one.service_request_id, secret });
    expect(progress.status, progress.text).to.equal(200);
  });

  it('只写地点也收；没有说明的，以分类的名称作内容', async () => {
    const client = await source();
    const { lat: _lat, long: _long, description: _text, ...rest } = await requestOf(client);
    const one = created(await submit({ ...rest, address_string: '泉城广场东门' }));
    const [service] = (await services()) as unknown as { service_name: string }[];
    expect(await sheetOf(one.service_request_id)).to.deep.include({
      content: service?.service_name,
      place: '泉城广场东门',
      longitude: null,
    });
  });

  it('同一内容十分钟内再发、同时发十次、同一个键再发，都是同一张；过后或者内容不同的是另一张', async () => {
    const client = await source();
    const request = await requestOf(client);
    const replies = await Promise.all(Array.from({ length: 10 }, () => submit(request)));
    const numbers = new Set(replies.map((reply) => created(reply).service_request_id));
    expect(numbers.size).to.equal(1);
    const [no] = numbers;
    const notices = new Set(replies.map((reply) => created(reply).service_notice));
    expect(notices.size).to.equal(1);
    later(9 * 60_000);
    expect(created(await submit(request)).service_request_id).to.equal(no);
    later(60_001 + 9 * 60_000);
    expect(created(await submit(request)).service_request_id).not.to.equal(no);

    const keyed = await requestOf(client);
    const first = created(await submit(keyed, { 'idempotency-key': 'a-1' })).service_request_id;
    later(24 * 3600_000);
    expect(created(await submit(keyed, { 'idempotency-key': 'a-1' })).service_request_id).to.equal(first);
    expect(created(await submit(keyed, { 'idempotency-key': 'a-2' })).service_request_id).not.to.equal(first);
    const other = await submit({ ...keyed, description: '另一件' }, { 'idempotency-key': 'a-1' });
    expect(other.status).to.equal(422);
    expect(faultIn(other)).to.include('Idempotency-Key');
  });

  it('不对的照规范答：钥匙 403，分类、辖区 404，缺了什么 400，写明是哪一项；什么也没有留下', async () => {
    const client = await source();
    const good = await requestOf(client);
    const webhook = await source({ proof: 'token' });
    const count = async () =>
      (await served().system.database.pool.query('SELECT 1 FROM hotline.work_order')).rowCount;
    const before = await count();
    const without = (name: keyof typeof good) =>
      Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
    const wrong: readonly [{ readonly [name: string]: string }, number, string][] = [
      [without('api_key'), 403, 'api_key'],
      [{ ...good, api_key: `${good.api_key.slice(0, -1)}_` }, 403, 'api_key'],
      [{ ...good, api_key: webhook.secret }, 403, 'api_key'],
      [without('service_code'), 400, 'service_code'],
      [{ ...good, service_code: '没有的' }, 404, 'service_code'],
      [{ ...good, jurisdiction_id: 'other.example' }, 404, 'jurisdiction_id'],
      [without('lat'), 400, 'lat'],
      [{ ...good, lat: 'x' }, 400, 'lat'],
      [{ ...good, lat: '117.1', long: '36.6' }, 400, '写反了'],
      [{ ...good, lat: '0', long: '0' }, 400, '不在我国境内'],
      [{ api_key: good.api_key, service_code: good.service_code, address_id: '7' }, 400, 'address_string'],
      [{ ...good, description: '长'.repeat(4001) }, 400, 'description'],
      [{ ...good, description: 'a\0b' }, 400, '空字符'],
      [{ ...good, phone: '1'.repeat(200) }, 400, '联系方式'],
    ];
    for (const [fields, status, text] of wrong) {
      const reply = await submit(fields);
      expect(reply.status, reply.text).to.equal(status);
      expect(faultIn(reply)).to.include(text);
    }
    const body = new URLSearchParams(good).toString();
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect(faultIn(await ask('/open311/v2/requests.json', json))).to.include('x-www-form-urlencoded');
    const inUrl = await ask(`/open311/v2/requests.json?${body}`, { method: 'POST', headers: formType, body });
    expect(faultIn(inUrl)).to.include('不写在地址里');
    const twice = { method: 'POST', headers: formType, body: `${body}&service_code=2` };
    expect(faultIn(await ask('/open311/v2/requests.json', twice))).to.include('写了两次');
    expect(await count()).to.equal(before);
  });

  it('停用以后钥匙不能用；换了的，原来的不能用；两种来源不能互换', async () => {
    const client = await source();
    const renewal = `/api/channel-sources/${client.id}/secret-rotation`;
    expect(problemIn(await post(served().url, renewal, { proof: 'token' })).code).to.equal('input.invalid');
    const { secret } = answered(
      'renewChannelSource',
      await post(served().url, renewal, { proof: 'api-key' }),
    ) as Added;
    expect((await submit(await requestOf(client))).status).to.equal(403);
    created(await submit(await requestOf({ ...client, secret })));
    answered(
      'closeChannelSource',
      await post(served().url, `/api/channel-sources/${client.id}/closure`, undefined),
    );
    expect((await submit(await requestOf({ ...client, secret }))).status).to.equal(403);
    const [key] = secret.split('.');
    const webhook = await ask(`/api/channels/${key}/messages`, { method: 'POST', body: '{}' });
    expect(problemIn(webhook).code).to.equal('source.not-verified');
  });

  it('公开的清单没有来电人、说明、地点；要求保密的、投诉举报的不列；发来的凭钥匙看得到自己的', async () => {
    const client = await source();
    const other = await source();
    const told = await requestOf(client, {
      phone: '13800006666',
      first_name: '甲乙丙',
      description: '树倒了',
    });
    const shown = created(await submit(told)).service_request_id;
    const accusing = await source({ mapping: { ...mapping, kind: '"complaint"' } });
    const secretive = await source({ mapping: { ...mapping, confidential: 'true' } });
    const hidden = [
      created(await submit(await requestOf(accusing))).service_request_id,
      created(await submit(await requestOf(secretive))).service_request_id,
    ];
    const ours = (await accept(served().url)).sheet.no;
    const reply = await ask('/open311/v2/requests.json?page_size=500');
    const all = listOf(reply);
    for (const one of all) {
      for (const field of ['service_request_id', 'status', 'service_code', 'requested_datetime']) {
        expect(one[field], field).to.be.a('string');
      }
      expect(one['status']).to.be.oneOf(['open', 'closed']);
      expect(one['requested_datetime']).to.match(w3c);
      expect(one['updated_datetime']).to.match(w3c);
      for (const field of ['description', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url']) {
        expect(one[field], field).to.equal(null);
      }
    }
    const numbers = all.map((one) => one['service_request_id']);
    expect(numbers).to.include(shown);
    expect(numbers).not.to.include.oneOf([...hidden, ours]);
    expect(reply.text).not.to.match(/13800006666|甲乙丙|树倒了/);
    for (const no of [...hidden, ours, 'nothing']) {
      const single = await ask(`/open311/v2/requests/${no}.json`);
      expect(single.status).to.equal(404);
      expect(faultIn(single)).to.include('不公开');
    }
    const own = async (key: Added, no: string) =>
      ask(`/open311/v2/requests/${no}.json`, { headers: { 'x-api-key': key.secret } });
    expect(listOf(await own(client, shown))[0]).to.include({
      description: '树倒了',
      lat: 36.6512,
      long: 117.1201,
    });
    expect(listOf(await own(other, shown))[0]).to.include({ description: null, lat: null });
    expect(listOf(await own(accusing, hidden[0] ?? ''))).to.have.length(1);
    expect((await own(client, hidden[0] ?? '')).status).to.equal(404);
    expect((await own({ ...client, secret: 'x' }, shown)).status).to.equal(403);
  });

  it('内部备注连什么时候写的也看不出来', async () => {
    const client = await source();
    const no = created(await submit(await requestOf(client))).service_request_id;
    const seen = async () => listOf(await ask(`/open311/v2/requests/${no}.json`));
    const before = await seen();
    later(3600_000);
    const note = await post(served().url, `/api/work-orders/${no}/notes`, { text: '等回电' });
    expect(note.status, note.text).to.equal(200);
    expect(await seen()).to.deep.equal(before);
  });

  it('筛选：编号压过其余各项，分类、起止、状态、页；起止不超过九十天', async () => {
    const client = await source();
    const { system } = served();
    const [first, second] = (await services()) as readonly { service_code: string }[];
    later(1000);
    const start = system.clock.now();
    const codes = [first, first, second].map((one) => one?.service_code ?? '');
    const numbers: string[] = [];
    for (const service_code of codes) {
      numbers.push(created(await submit(await requestOf(client, { service_code }))).service_request_id);
      later(1000);
    }
    const [one = '', two = '', three = ''] = numbers;
    const found = async (query: string): Promise<unknown[]> =>
      listOf(await ask(`/open311/v2/requests.json?${query}`)).map((each) => each['service_request_id']);
    const since = `start_date=${encodeURIComponent(start.toISOString())}`;
    expect(await found(`service_request_id=${one},${three}&status=closed`)).to.have.members([one, three]);
    expect(await found(since)).to.deep.equal([three, two, one]);
    expect(await found(`${since}&service_code=${encodeURIComponent(codes[2] ?? '')}`)).to.deep.equal([three]);
    expect(await found(`${since}&status=closed`)).to.deep.equal([]);
    expect(await found(`${since}&status=open,closed&page_size=2&page=2`)).to.deep.equal([one]);
    const token = listOf(await ask(`/open311/v2/tokens/${two}.json`));
    expect(token).to.deep.equal([{ service_request_id: two, token: two }]);
    expect(faultIn(await ask('/open311/v2/tokens/nothing.json'))).to.include('token');
    const wrong: readonly (readonly [string, string])[] = [
      ['start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z', '90'],
      ['start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z', '晚于'],
      ['start_date=yesterday', 'start_date'],
      ['status=new', 'status'],
      ['page=0', 'page'],
      ['page_size=501', 'page_size'],
      ['jurisdiction_id=other.example', 'jurisdiction_id'],
    ];
    for (const [query, text] of wrong) {
      expect(faultIn(await ask(`/open311/v2/requests.json?${query}`)), query).to.include(text);
    }
  });

  it('带文件的以 multipart 提交：钥匙在请求头；照片去掉拍摄地点存下，不收的写明，工单照样在', async () => {
    const client = await source();
    const { api_key, ...fields } = await requestOf(client);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('media', new Blob([new Uint8Array(await photoWithPlace())]), '现场.jpg');
    form.append('media', new Blob(['<svg onload="x"/>']), 'x.svg');
    const packed = new Response(form);
    const body = Buffer.from(await packed.arrayBuffer());
    const headers = { 'content-type': packed.headers.get('content-type') ?? '' };
    const path = '/open311/v2/requests.json';
    expect((await ask(path, { method: 'POST', headers, body })).status).to.equal(403);
    const withKey = { ...headers, 'x-api-key': api_key };
    const one = created(await ask(path, { method: 'POST', headers: withKey, body }));
    expect(one.service_notice).to.include('“x.svg”没有收');
    const again = created(await ask(path, { method: 'POST', headers: withKey, body }));
    expect(again.service_request_id).to.equal(one.service_request_id);
    const { items } = answered(
      'listAttachments',
      await send(served().url, `/api/work-orders/${one.service_request_id}/attachments`),
    ) as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).to.deep.equal(['现场.jpg']);
    const broken = await ask(path, { method: 'POST', headers: withKey, body: 'no parts' });
    expect(broken.status).to.equal(400);
    faultIn(broken);
  });

  it('XML 不提供：406；别的地址 404，别的方法 405；跨站只许写明的来源', async () => {
    await source();
    expect((await ask('/open311/v2/services.xml')).status).to.equal(406);
    // A client that asks for XML gets the referral in the specification's format; a refused
    // submission opens nothing.
    for (const sent of [
      {},
      {
        method: 'POST',
        headers: formType,
        body: new URLSearchParams(await requestOf(await source())).toString(),
      },
    ]) {
      const { status, text, headers } = await ask('/open311/v2/requests.xml?status=open', sent);
      expect([status, headers['content-type']]).to.deep.equal([406, 'text/xml; charset=utf-8']);
      expect(text).to.match(
        /^<\?xml[^>]+>\n<errors><error><code>406<\/code><description>只提供 JSON[^<]+ask for \/open311\/v2\/requests\.json instead[^<]*<\/description><\/error><\/errors>\n$/,
      );
    }
    const strange = await ask('/open311/v2/requests/%3Cb%3E%26.xml');
    expect(strange.text)
      .to.match(/^<\?xml/)
      .and.not.include('<b>');
    for (const path of [
      '/open311/v2/services',
      '/open311/v2/x.json',
      '/open311',
      '/open311/v2/services.html',
    ])
      expect((await ask(path)).status, path).to.equal(404);
    const removal = await ask('/open311/v2/requests.json', { method: 'DELETE' });
    expect(removal.status).to.equal(405);
    expect(removal.headers['allow']).to.equal('GET, HEAD, POST, OPTIONS');
    faultIn(removal);
    const from = (origin: string, method = 'GET') =>
      ask('/open311/v2/services.json', { method, headers: { origin } });
    const { headers } = await from('https://map.example.org');
    expect(headers['access-control-allow-origin']).to.equal('https://map.example.org');
    expect(headers['vary']).to.include('Origin');
    expect((await from('https://other.example')).headers).not.to.have.property('access-control-allow-origin');
    const preflight = await from('https://map.example.org', 'OPTIONS');
    expect(preflight.status).to.equal(204);
    expect(preflight.headers['access-control-allow-methods']).to.equal('GET, POST');
    expect(served().reported).to.deep.equal([]);
  });
});
