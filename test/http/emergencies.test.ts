/** Emergencies that arrive automatically: marked once, notified at once, first in the list, gone once registered. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import { receivingWhole } from '../../src/cases/index.js';
import { createNodemailerMail } from '../channel/mails.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';
import {
  accept,
  answered,
  completeOnly,
  dispatched,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

interface Mark {
  readonly key: string;
  readonly dial: string | null;
}
interface Row {
  readonly no: string;
  readonly emergency: readonly Mark[];
}
interface List {
  readonly items: readonly Row[];
  readonly total: number;
  readonly next: string | null;
}

describe('来件里的紧急事项（第二十三条第三项）', () => {
  const served = useServer({ at: 'now', filing: { filing: true, work: 0 } });
  let imap: ImapServer;
  before(async () => (imap = await startImapServer()));
  after(() => imap.close());

  let counter = 0;
  const source = async (proof: string, channel = 'sms') =>
    answered(
      'addChannelSource',
      await post(served().url, '/api/channel-sources', {
        ...{ name: `来源${++counter}`, channel, proof },
        mapping: {
          content: 'message.description',
          kind: '"help"',
          callerContact: 'message.contact',
          ...(proof === 'api-key' ? {} : { messageId: 'message.id' }),
        },
      }),
    ) as { readonly address: string; readonly secret: string };
  const deliver = async ({ address, secret }: { address: string; secret: string }, message: object) => {
    const [body, at] = [JSON.stringify(message), served().system.clock.now()];
    const reply = await send(served().url, address, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'webhook-id': 'm' },
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign('m', at, body),
      },
      body,
    });
    return answered('receiveChannelMessage', reply) as { workOrder: string; notice: string | null };
  };
  const orderOf = async (no: string) =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const suspectedIn = async (no: string) =>
    (await orderOf(no)).trail.filter(({ type }) => type === 'emergency.suspected');
  const keysOf = ({ emergency }: { readonly emergency: readonly Mark[] }) => emergency.map(({ key }) => key);
  const list = async (query = ''): Promise<List> =>
    answered('listTasks', await send(served().url, `/api/tasks?${query}`)) as List;
  const noticesOf = async (no: string) => {
    const { rows } = await served().system.database.pool.query<{ recipient: string; title: string }>(
      "SELECT recipient, title FROM hotline.notification WHERE stream = $1 AND element = 'emergency'",
      [no],
    );
    return rows;
  };
  /** Marked, once, with the notice to those who register. */
  const isMarked = async (no: string, keys: readonly string[]): Promise<void> => {
    expect(keysOf(await orderOf(no)), no).to.deep.equal(keys);
    const [entry, ...more] = await suspectedIn(no);
    expect(more).to.deep.equal([]);
    expect(Object.keys(entry?.sealed ?? {})).to.deep.equal(['words']);
    const notices = await noticesOf(no);
    expect(notices.map(({ recipient }) => recipient)).to.deep.equal(['role:intake']);
    expect(notices[0]?.title).to.match(/^疑似警情：1/);
  };

  it('短信：签名的 webhook 说有人跳楼，标记、通知；答复写明打哪个号码；再发一次不再标记', async () => {
    const gateway = await source('signature');
    const message = { id: 'a-1', contact: '13800001234', description: '三号楼有人要跳楼，快来' };
    const first = await deliver(gateway, message);
    expect(first.notice).to.equal('紧急：请立即拨打 110（110 报警服务台），不要等这里。');
    expect(await deliver(gateway, message)).to.deep.equal(first);
    await isMarked(first.workOrder, ['police']);
    const [entry] = await suspectedIn(first.workOrder);
    expect(entry?.body).to.include('"police"').and.not.include('跳楼');
  });

  it('市长信箱：一封信说闻到煤气味，英文的说房子着火，各标记一次', async () => {
    const settings = {
      ...{ host: '127.0.0.1', port: imap.port, secure: false, local: true },
      ...{ user: 'mayor@example.gov.cn', password: 'geheim', folder: 'INBOX', doneFolder: undefined },
    };
    const deps = { ...served().system, ...receivingWhole(served().system) };
    const mails = [
      ['楼道里煤气泄漏', '味道很大'],
      ['Please help', 'The house next door is on fire.'],
    ] as const;
    for (const [subject, text] of mails) {
      const mail = await createNodemailerMail({
        ...{ from: '"王某" <wang@example.com>', subject, text, messageId: `<${randomUUID()}@example.com>` },
      });
      imap.add(mail);
      imap.add(Buffer.concat([Buffer.from('Received: from elsewhere\r\n'), mail]));
    }
    expect(await readMailbox(deps, settings, new AbortController().signal)).to.equal(undefined);
    const { rows } = await served().system.database.pool.query<{ no: string }>(
      "SELECT no FROM hotline.work_order WHERE channel = 'mailbox' ORDER BY no",
    );
    expect(rows).to.have.length(2);
    for (const { no } of rows) await isMarked(no, ['fire']);
  });

  it('Open311:service_notice 先写打哪个号码，其他渠道写名称；再发一次答复一样', async () => {
    const { secret } = await source('api-key', 'app');
    const [service] = (await send(served().url, '/open311/v2/services.json', { as: 'nobody' })).json as {
      service_code: string;
    }[];
    const submit = async (description: string) => {
      const reply = await send(served().url, '/open311/v2/requests.json', {
        ...{ as: 'nobody', method: 'POST' },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          ...{ api_key: secret, service_code: service?.service_code ?? '' },
          ...{ address_string: '泉城路', description },
        }).toString(),
      });
      return (reply.json as { service_request_id: string; service_notice: string }[])[0];
    };
    const first = await submit('有人昏迷，没有呼吸');
    expect(first?.service_notice).to.match(/^紧急：请立即拨打 120/);
    expect(await submit('有人昏迷，没有呼吸')).to.deep.equal(first);
    await isMarked(first?.service_request_id ?? '', ['ambulance']);
    const other = await submit('我要申请行政复议');
    expect(other?.service_notice).to.match(/^可能应当向行政复议反映/);
    expect((await orderOf(other?.service_request_id ?? '')).emergency).to.deep.equal([]);
  });

  it('公众的页面：提交以前取得到号码、渠道和词；提交以后的答复写着', async () => {
    const { url } = served();
    const { channels, foreign } = answered(
      'readElsewhere',
      await send(url, '/api/caller-filing/elsewhere', { as: 'nobody' }),
    ) as { channels: { key: string; words: string[]; except: string[] }[]; foreign: { means: string[] }[] };
    expect(channels.map(({ key }) => key)).to.include.members(['police', 'petition', 'review', 'litigation']);
    expect(foreign.flatMap(({ means }) => means))
      .to.include.members(['着火', '车祸'])
      .and.not.include('停水');
    const { challenge } = answered('readCallerFiling', await send(url, '/api/caller-filing')) as {
      challenge: string | null;
    };
    expect(challenge).to.equal(null);
    const body = {
      once: randomUUID(),
      kind: 'help',
      content: 'A car crash: two people hurt',
      language: 'en',
    };
    const filed = answered('fileMatter', await post(url, '/api/caller-filing/requests', body)) as {
      no: string;
      elsewhere: { key: string; names: object; dial: string }[];
    };
    expect(filed.elsewhere.map(({ key, dial }) => [key, dial])).to.deep.equal([['traffic', '122']]);
    expect(filed.elsewhere[0]?.names).to.include({ en: 'Traffic police' });
    const again = answered('fileMatter', await post(url, '/api/caller-filing/requests', body));
    expect(again).to.deep.equal(filed);
    await isMarked(filed.no, ['traffic']);
  });

  it('疑似警情总在最前，不论怎样排；翻页不重复、不遗漏；筛选照样', async () => {
    const { url } = served();
    for (const content of ['路灯不亮', '楼下着火了', '井盖坏了', '有人持刀', '停水']) {
      await post(url, '/api/work-orders', { ...waterCut, title: content, content });
    }
    for (const sort of ['due', 'oldest', 'newest']) {
      const all: Row[] = [];
      let next: string | null = null;
      const { total } = await list('role=intake&limit=1');
      do {
        const cursor: string = next === null ? '' : `&cursor=${next}`;
        const page: List = await list(`role=intake&limit=2&sort=${sort}${cursor}`);
        all.push(...page.items);
        ({ next } = page);
      } while (next !== null);
      expect(new Set(all.map(({ no }) => no)).size, sort).to.equal(total);
      const marked = all.map(({ emergency }) => emergency.length > 0);
      expect(marked.lastIndexOf(true), sort).to.equal(marked.filter(Boolean).length - 1);
      expect(marked.filter(Boolean).length, sort).to.be.greaterThan(2);
      expect(marked, sort).to.include(false);
    }
    const found = await list(`role=intake&q=${encodeURIComponent('持刀')}`);
    expect(found.items.map(keysOf)).to.deep.equal([['police']]);
  });

  it('登记以后不再标着；受理时当场转接的不标记', async () => {
    const { url } = served();
    const fire = () => accept(url, { ...waterCut, title: '着火', content: '厨房着火了' });
    const registered = await fire();
    expect(keysOf(registered)).to.deep.equal(['fire']);
    const after = await completeOnly(url, registered, { conduct: 'orderly' });
    expect(after.emergency).to.deep.equal([]);
    expect((await list('role=intake')).items.find(({ no }) => no === registered.sheet.no)?.emergency ?? []).to
      .be.empty;
    const transferred = await accept(url, {
      ...{ ...waterCut, title: '着火', content: '厨房着火了' },
      answers: {
        ...{ conduct: 'orderly', wayOut: 'original-channel', pendingProcedure: 'other', channelTold: true },
        ...{ channelName: '119 火警和救援', channelInfo: '拨打 119' },
      },
    });
    expect(transferred.emergency).to.deep.equal([]);
    // A person who registered it while accepting saw the warning on the screen.
    expect(await suspectedIn(transferred.sheet.no)).to.deep.equal([]);
  });

  it('来电人补充的话：登记以后也标记，通知登记的岗位和承办单位；记下怎样处理的，标记就没有了', async () => {
    const { url } = served();
    const secretOf = async (no: string) =>
      (
        answered('reissueCallerSecret', await post(url, `/api/work-orders/${no}/caller-secret`, {})) as {
          callerSecret: string;
        }
      ).callerSecret;
    const leak = await dispatched(url);
    const { no } = leak.sheet;
    const secret = await secretOf(no);
    const add = async (text: string) =>
      answered('addFromCaller', await post(url, '/api/progress/additions', { no, secret, text }));
    await add('水还在漏');
    expect(keysOf(await orderOf(no))).to.deep.equal([]);
    await add('水漏进配电箱，已经起火了');
    await add('水漏进配电箱，已经起火了');
    await add('邻居晕倒了，有人昏迷');
    expect(keysOf(await orderOf(no))).to.deep.equal(['fire', 'ambulance']);
    const suspected = await suspectedIn(no);
    expect(suspected.map(({ body }) => (JSON.parse(body ?? '') as { said: string }).said)).to.deep.equal([
      'in-addition',
      'in-addition',
    ]);
    expect(
      (await noticesOf(no)).map(({ recipient, title }) => [recipient, title.slice(0, 7)]),
    ).to.have.deep.members(
      [0, 1].flatMap(() => [
        ['role:intake', '补充的话疑似警'],
        [`unit:${leak.unit ?? ''}`, '补充的话疑似警'],
      ]),
    );
    expect((await list('role=unit&limit=1')).items[0]).to.include({ no });
    const settle = () => post(url, `/api/work-orders/${no}/emergency/settled`, { note: '已转 119、120' });
    const after = answered('settleEmergency', await settle()) as WorkOrderView;
    expect(after.emergency).to.deep.equal([]);
    const entry = after.trail.find(({ type }) => type === 'emergency.settled');
    expect(Object.keys(entry?.sealed ?? {})).to.deep.equal(['note']);
    expect(entry?.body).to.include('"fire"').and.include('"ambulance"').and.not.include('已转');
    expect(problemIn(await settle()).code).to.equal('emergency.none-waiting');
  });

  it('不相干的话不标记：消防通道、火灾隐患、跳楼价、交通事故认定书', async () => {
    const { url } = served();
    for (const content of [
      '消防通道被私家车占着，存在火灾隐患',
      '商场跳楼价甩卖，大喇叭太吵',
      '去哪里领交通事故认定书',
      '想咨询天然气开户',
      'The street light does not work',
    ]) {
      const { sheet, emergency } = await accept(url, { ...waterCut, title: content, content });
      expect(emergency, content).to.deep.equal([]);
      expect(await suspectedIn(sheet.no), content).to.deep.equal([]);
      expect(await noticesOf(sheet.no), content).to.deep.equal([]);
    }
    const both = '担心火灾隐患，昨天二楼真的起火了';
    expect(keysOf(await accept(url, { ...waterCut, title: both, content: both }))).to.deep.equal(['fire']);
  });
});
