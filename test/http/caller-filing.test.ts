/** The public files matters: closed unless enabled, each against a proof of work, once. */
import { randomUUID } from 'node:crypto';
import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect } from 'chai';
import { plainTrails } from '../support/entries.js';
import * as files from '../support/sample-files.js';
import { answered, post, problemIn, send, useServer, type Reply, type WorkOrderView } from './serving.js';

interface Filed {
  readonly no: string;
  readonly callerSecret: string | null;
}

const matter = {
  kind: 'help',
  content: '路口的井盖没有了，夜里看不见，已经有人摔倒。',
  place: {
    address: '泉城路与县西巷路口',
    point: { longitude: 117.02064, latitude: 36.67012, system: 'WGS-84' },
  },
  callerName: '来电人乙',
  callerContact: '13900005678',
  language: 'fr',
};

async function solved(challenge: string | null) {
  if (challenge === null) expect.fail('no work is asked for');
  const made = JSON.parse(challenge) as Challenge;
  const solution = await solveChallenge({ challenge: made, deriveKey });
  if (!solution) expect.fail('not solved');
  return { challenge, counter: solution.counter, derivedKey: solution.derivedKey };
}

describe('第二条、第十四条：公众在查询页提出诉求', () => {
  const closed = useServer();
  it('默认不开放：说明拨打 12345，什么也不受理', async () => {
    const { url, system } = closed();
    const filing = answered('readCallerFiling', await send(url, '/api/caller-filing'));
    expect(filing).to.include({ filing: false, challenge: null });
    const reply = await post(url, '/api/caller-filing/requests', { ...matter, once: randomUUID() });
    expect(problemIn(reply)).to.include({ status: 403, code: 'filing.closed' });
    const { rows } = await system.database.pool.query('SELECT FROM hotline.work_order');
    expect(rows).to.have.length(0);
  });
});

describe('公众在查询页提出诉求：开放的', () => {
  const served = useServer({ filing: { filing: true, work: 4 } });
  const filing = async () =>
    answered('readCallerFiling', await send(served().url, '/api/caller-filing')) as {
      challenge: string | null;
    };
  const work = async () => solved((await filing()).challenge);
  const file = (given: object, once: string = randomUUID()): Promise<Reply> =>
    post(served().url, '/api/caller-filing/requests', { ...given, once });
  const filed = async (given: object = {}): Promise<{ no: string; secret: string }> => {
    const reply = await file({ ...matter, ...given, work: await work() });
    const { no, callerSecret } = answered('fileMatter', reply) as Filed;
    return { no, secret: callerSecret ?? expect.fail('no code was given') };
  };
  const send_ = ({ no, secret }: { no: string; secret: string }, body: Buffer, name = '井盖.jpg') =>
    send(served().url, '/api/progress/attachments', {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-work-order': no,
        'x-caller-secret': secret,
        'x-file-name': encodeURIComponent(name),
      },
      body,
    });

  it('和别的渠道一样受理：渠道客户端，停在登记环节，地点、语言、来电人都在；查询码能查；标题取自内容', async () => {
    const { no, secret } = await filed();
    const order = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    expect(order.sheet).to.include({ channel: 'app', kind: 'help', content: matter.content, language: 'fr' });
    expect(order.sheet.title).to.equal(matter.content);
    expect(order.sheet.place).to.deep.include({ address: matter.place.address, altered: false });
    expect(order.sheet.callerContact).to.equal('****5678');
    expect(order.tasks.map(({ deeds }) => deeds)).to.deep.equal([['matter.registered']]);
    expect(order.chain.holds).to.equal(true);
    expect((await post(served().url, '/api/progress', { no, secret })).status).to.equal(200);
    const { database, trail } = served().system;
    const entries = (await database.transaction((one) => plainTrails(trail, one, [no]))).get(no) ?? [];
    expect(entries[0]?.body).to.include({ actor: '来电人' });
    expect(JSON.stringify(entries.map(({ body }) => body))).not.to.match(/5678|来电人乙/);
  });

  it('不留姓名和联系方式的也受理', async () => {
    const { no } = await filed({ callerName: null, callerContact: null, place: null, confidential: true });
    const order = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    expect(order.sheet).to.include({
      callerName: null,
      callerContact: null,
      place: null,
      confidential: true,
    });
  });

  it('发了两次、同时到的两次：一张工单，同一个查询码；换了内容的拒绝', async () => {
    const key = randomUUID();
    const given = { ...matter, work: await work() };
    const replies = await Promise.all([file(given, key), file(given, key)]);
    expect(replies.map(({ status }) => status).sort()).to.deep.equal([200, 201]);
    const [one, other] = replies.map((reply) => answered('fileMatter', reply) as Filed);
    expect(one).to.deep.equal(other);
    expect(answered('fileMatter', await file(given, key))).to.deep.equal(one);
    expect(problemIn(await file({ ...given, content: '另一件' }, key)).code).to.equal('idempotency.mismatch');
    const { rows } = await served().system.database.pool.query<{ text: string }>(
      'SELECT k::text AS text FROM hotline.idempotency_key k',
    );
    expect(JSON.stringify(rows)).not.to.include(key);
  });

  it('验算：没有的、编造的、改过的、过期的、用过的都不收，也没有开单', async () => {
    const count = async () =>
      (await served().system.database.pool.query('SELECT FROM hotline.work_order')).rows.length;
    const before = await count();
    const good = await work();
    const made = JSON.parse(good.challenge) as Challenge;
    const bent = (parameters: object, signature = made.signature) => ({
      ...good,
      challenge: JSON.stringify({ ...made, parameters: { ...made.parameters, ...parameters }, signature }),
    });
    const wrong = [
      undefined,
      { ...good, challenge: '{}' },
      { ...good, challenge: 'null' },
      { ...good, challenge: '[[[' },
      { ...good, counter: good.counter + 1 },
      { ...good, derivedKey: 'zz' },
      bent({ keyPrefix: '00' }),
      bent({ cost: 1 }),
      bent({ data: { until: 9e15 } }),
      bent({}, ''),
      bent({ nonce: '§' }),
    ];
    for (const [index, one] of wrong.entries()) {
      const refused = problemIn(await file({ ...matter, work: one }));
      expect(refused, String(index)).to.include({ status: 403, code: 'work.missing' });
    }
    expect(await count()).to.equal(before);
    expect((await file({ ...matter, work: good })).status).to.equal(201);
    expect(problemIn(await file({ ...matter, work: good })).detail).to.include('已经用过');
    const late = await work();
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 31 * 60_000));
    expect(problemIn(await file({ ...matter, work: late })).detail).to.include('过期');
  });

  it('照片：只留图片，不带拍摄地点，记在轨迹里，做的人是来电人；查询码不对的不收；十个为限', async () => {
    const one = await filed();
    const photo = await files.photo(320, 240);
    answered('addCallerFile', await send_(one, photo));
    expect((await send_(one, photo)).status).to.equal(200);
    const listed = answered(
      'listAttachments',
      await send(served().url, `/api/work-orders/${one.no}/attachments`),
    ) as { items: { name: string; shows: string; addedBy: string | null }[] };
    expect(listed.items.map(({ name, shows, addedBy }) => [name, shows, addedBy])).to.deep.equal([
      ['井盖.jpg', 'matter', null],
    ]);
    expect(problemIn(await send_({ ...one, secret: '000000000000' }, photo)).code).to.equal(
      'progress.not-found',
    );
    expect(problemIn(await send_(one, files.vector, '看图.jpg')).status).to.equal(415);
    for (let more = 1; more < 10; more += 1) {
      const text = Buffer.from(`说明 ${more}`);
      expect((await send_(one, text, `${more}.txt`)).status, String(more)).to.equal(201);
    }
    expect(problemIn(await send_(one, Buffer.from('第十一个'), '11.txt')).code).to.equal(
      'attachment.too-many',
    );
  });

  it('不像样的请求：逐样说明，没有 500', async () => {
    const odd = [
      { ...matter, kind: 'wish' },
      { ...matter, content: '' },
      { ...matter, content: 'x'.repeat(4001) },
      { ...matter, content: '\u0000' },
      { ...matter, language: 'xx' },
      { ...matter, realm: 'replay' },
      { ...matter, place: { point: { longitude: 1e9, latitude: 0, system: 'WGS-84' } } },
      { ...matter, place: { address: '某路', ofCaller: true } },
      {
        ...matter,
        place: { point: { longitude: 36.67, latitude: 117.02, system: 'WGS-84' } },
        work: await work(),
      },
      { ...matter, work: { challenge: 5 } },
      { ...matter, content: [] },
    ];
    for (const [index, one] of odd.entries()) {
      expect(problemIn(await file(one)).status, String(index)).to.equal(400);
    }
    expect(problemIn(await post(served().url, '/api/caller-filing/requests', matter)).status).to.equal(400);
    expect(served().reported).to.deep.equal([]);
  });

  it('一个地址一小时三十件，再多的请它等', async () => {
    const { clock } = served().system;
    clock.moveTo(new Date(clock.now().getTime() + 61 * 60_000));
    for (let count = 0; count < 30; count += 1) {
      expect(problemIn(await file(matter)).code).to.equal('work.missing');
    }
    expect(problemIn(await file(matter))).to.include({ status: 429, code: 'request.too-many' });
    clock.moveTo(new Date(clock.now().getTime() + 61 * 60_000));
    expect((await file({ ...matter, work: await work() })).status).to.equal(201);
  });
});
