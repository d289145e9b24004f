/** Messages to callers: a real SMTP server, a real receiver, a real database. */
import { expect } from 'chai';
import { after, afterEach, before } from 'mocha';
import { Webhook } from 'standardwebhooks';
import { take } from '../../../src/channel/receive.js';
import { mailboxSource } from '../../../src/channel/sources.js';
import {
  checkGivenReceipt,
  composingJob,
  eraseCaller,
  mailedReceipts,
  receivingWhole,
} from '../../../src/cases/index.js';
import { createJobRunner } from '../../../src/platform/jobs/index.js';
import { systemClock } from '../../../src/kernel/index.js';
import { messageSender } from '../../../src/channel/message/index.js';
import type { OutgoingSettings } from '../../../src/channel/outbox/index.js';
import { readMessage } from '../../../src/channel/index.js';
import { useReceiver } from '../notification/receiver.js';
import { said } from '../../support/entries.js';
import { deciding } from '../../support/policies.js';
import { useMailServer } from '../../support/mail-server.js';
import {
  answered,
  complete,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  type WorkOrderView,
} from '../../http/serving.js';

interface Told {
  readonly occasion: string;
  readonly state: string;
  readonly way: string | null;
  readonly source: string | null;
  readonly language: string;
  readonly text: string | null;
  readonly failure: string | null;
}
interface Source {
  readonly id: number;
  readonly address: string;
  readonly secret: string;
}

describe('告知来电人', () => {
  // The receiver is on this machine, which an operator would permit.
  const name = 'HOTLINE_WEBHOOK_PRIVATE';
  const before_ = process.env[name];
  before(() => {
    process.env[name] = 'allow';
  });
  after(() => {
    if (before_ === undefined) delete process.env[name];
    else process.env[name] = before_;
  });
  const served = useServer({ at: 'now' });
  const receiver = useReceiver();
  const mails = useMailServer();
  const system = () => served().system;
  const outgoing = (): OutgoingSettings => ({
    privateAddresses: true,
    smtp: { url: mails().url, from: '12345@example.gov.cn' },
  });
  afterEach(() => {
    receiver().received.length = 0;
    receiver().answer = 200;
    mails().received.length = 0;
    mails().refuse = false;
  });

  const receiptFor = (no: string) => mailedReceipts(system(), 'https://12345.example.gov.cn/')(no);
  const jobs = (decided: { readonly [policy: string]: string } = {}) => {
    const over = deciding(system(), decided).policies;
    const policies = { ...system().policies, at: (instant: Date) => over.at(instant) };
    const ours = [
      composingJob({ ...system(), policies, publicUrl: undefined }),
      messageSender({ ...system(), outgoing: outgoing(), receiptFor }).job,
    ];
    return [...system().jobs.filter(({ name }) => ours.every((one) => one.name !== name)), ...ours];
  };
  /** Works until no job is due, because one job adds the next. */
  const work = async (decided: { readonly [policy: string]: string } = {}): Promise<void> => {
    const { clock } = system();
    clock.moveTo(systemClock.now());
    const runner = createJobRunner({
      ...system(),
      jobs: jobs(decided),
      onError: (error) => expect.fail(String(error)),
    });
    const due = async () => {
      const { rows } = await system().database.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM hotline_jobs._private_jobs
          WHERE run_at <= now() AND attempts < max_attempts AND locked_at IS NULL`,
      );
      return rows[0]?.n ?? 0;
    };
    do await runner.runDue();
    while ((await due()) > 0);
  };

  let count = 0;
  const gateway = async (outgoingAddress = true): Promise<Source & { readonly out: string }> => {
    count += 1;
    const body = {
      name: `网关${count}`,
      channel: 'sms',
      proof: 'token',
      mapping: {
        content: 'message.text',
        kind: '"help"',
        callerContact: 'message.from',
        language: 'message.lang',
        replyWanted: 'message.reply',
        confidential: 'message.secret',
        messagesWanted: 'message.told',
      },
    };
    const made = answered(
      'addChannelSource',
      await post(served().url, '/api/channel-sources', body),
    ) as Source;
    if (!outgoingAddress) return { ...made, out: '' };
    const set = answered(
      'setSourceOutgoing',
      await send(served().url, `/api/channel-sources/${made.id}/outgoing`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ address: receiver().url }),
      }),
    ) as { secret: string };
    return { ...made, out: set.secret };
  };
  const bySms = async (to: Source, message: object): Promise<{ no: string; code: string }> => {
    const reply = await send(served().url, to.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-channel-token': to.secret },
      body: JSON.stringify({ from: '13800004321', text: `楼道灯不亮 ${Math.random()}`, ...message }),
    });
    const taken = answered('receiveChannelMessage', reply) as { workOrder: string; callerSecret: string };
    return { no: taken.workOrder, code: taken.callerSecret };
  };
  let letter = 0;
  const byMail = async (given: object = {}) => {
    const deps = { ...system(), ...receivingWhole(system()) };
    const source = (await mailboxSource(deps)) ?? expect.fail('no mailbox');
    letter += 1;
    const message = {
      text: `来信 ${letter}`,
      subject: '路灯',
      from: { name: '王某', address: 'wang@example.com' },
      ...given,
    };
    const raw = Buffer.from(JSON.stringify(message));
    const reading = readMessage(source.mapping, message, deps.clock.now(), deps.laws.today());
    const outcome = await take(deps, source, { reading, id: `<${letter}@x>`, raw, compared: raw, files: [] });
    return outcome.status === 'accepted'
      ? { no: outcome.workOrder, code: outcome.callerSecret ?? '' }
      : expect.fail(outcome.reason);
  };
  const read = async (no: string): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const told = async (no: string): Promise<Told[]> =>
    (
      answered('readCallerMessages', await send(served().url, `/api/work-orders/${no}/caller-messages`)) as {
        items: Told[];
      }
    ).items;
  const sent = () =>
    receiver().received.map(
      ({ body }) => JSON.parse(body) as { type: string; data: { [key: string]: string } },
    );
  const answer = async (no: string, text: string, registering: object = {}) => {
    const registered = await completeOnly(served().url, await read(no), {
      conduct: 'orderly',
      ...registering,
    });
    return completeOnly(
      served().url,
      await completeOnly(served().url, registered, { wayOut: 'on-the-spot' }),
      {
        answerSummary: text,
      },
    );
  };

  /** What the queue will send to the sheet's caller. */
  const waitingFor = async (no: string): Promise<unknown> => {
    const { rows } = await system().database.pool.query<{ payload: unknown }>(
      "SELECT payload FROM hotline_jobs._private_jobs WHERE payload ->> 'recipient' = $1",
      [`工单 ${no} 的来电人`],
    );
    return rows[0]?.payload;
  };

  it('短信来的：受理、答复、办结各一条，发往来源自己的地址，以它自己的密钥签名，都记入轨迹', async () => {
    const to = await gateway();
    const { no, code } = await bySms(to, {});
    await work();
    const [accepted] = sent();
    expect(accepted).to.include({ type: 'hotline.caller.told' });
    expect(accepted?.data).to.include({
      workOrder: no,
      occasion: 'accepted',
      language: 'zh',
      to: '13800004321',
    });
    expect(accepted?.data.title).to.equal(`您的诉求已受理，编号 ${no}`);
    expect(accepted?.data.text)
      .to.include(`查询码：${code}。`)
      .and.not.include('{')
      .and.not.include('楼道灯');
    const [first] = receiver().received;
    const verified = new Webhook(to.out).verify(first?.body ?? '', first?.headers as Record<string, string>);
    expect(verified).to.have.property('type', 'hotline.caller.told');
    expect(() =>
      new Webhook(to.out).verify(
        (first?.body ?? '').replace(no, '0'),
        first?.headers as Record<string, string>,
      ),
    ).to.throw();
    const ended = await answer(no, '灯泡已经换好。');
    expect(ended.state).to.equal('ended');
    await work();
    expect(sent().map(({ data }) => data.occasion)).to.have.members(['accepted', 'answered', 'closed']);
    const answers = sent().find(({ data }) => data.occasion === 'answered')?.data.text;
    expect(answers).to.include('当场答复：灯泡已经换好。');
    const items = await told(no);
    expect(
      items.map(({ occasion, state, way, source }) => [occasion, state, way, source]).sort(),
    ).to.deep.equal(
      ['已受理', '已办结', '已答复'].map((one) => [one, 'told', 'webhook', `网关${count}`]).sort(),
    );
    const { trail } = await read(no);
    const entries = trail.filter(({ type }) => type === 'caller.told');
    expect(entries).to.have.length(3);
    expect(said(entries[0])).to.deep.include({
      occasion: 'accepted',
      way: 'webhook',
      language: 'zh',
      template: 0,
    });
    expect(entries[0]?.sealed['text']).to.include('************').and.not.include(code);
    expect(JSON.stringify(entries)).not.to.include('13800004321').and.not.include(code);
    expect(entries[0]?.body).not.to.include('受理您的诉求');
  });

  it('邮件来的：以来电人的语言寄给他，自动发出的标明，查询码在信里，轨迹里没有地址和查询码', async () => {
    const { no, code } = await byMail();
    await work();
    const [first] = mails().received;
    expect(first?.to).to.deep.equal(['wang@example.com']);
    expect(first?.mail.subject).to.equal(`您的诉求已受理，编号 ${no}`);
    expect(first?.mail.text).to.include(code);
    expect(first?.mail.headers.get('auto-submitted')).to.equal('auto-generated');
    expect(first?.mail.messageId).to.match(/^<msg_\d+\.[0-9a-f]{20}@example\.gov\.cn>$/);
    const [item] = await told(no);
    expect(item).to.include({ state: 'told', way: 'email', source: '市长信箱邮箱' });
    const { rows } = await system().database.pool.query<{ all: string }>(
      `SELECT (SELECT string_agg(body::text, '') FROM hotline.trail_entry WHERE stream = $1)
           || (SELECT string_agg(m::text, '') FROM hotline.outbox m)
           || coalesce((SELECT string_agg(payload::text, '') FROM hotline_jobs._private_jobs), '') AS all`,
      [no],
    );
    expect(rows[0]?.all).not.to.include('wang@example.com').and.not.include(code);
    expect(first?.mail.attachments).to.deep.equal([]);
  });

  it('答复寄去的信里附着回执，说在哪里核对；回执是真的，对得上原话；短信的没有这一句', async () => {
    const { no } = await byMail({ text: '路灯坏了三天' });
    await work();
    await answer(no, '今晚修好');
    await work();
    const letter = mails().received.find(({ mail }) => mail.text?.includes('今晚修好'))?.mail;
    expect(letter?.text).to.include('核对：https://12345.example.gov.cn/query/receipt');
    const [file] = letter?.attachments ?? [];
    expect(file).to.include({ filename: '12345-receipt.cbor', contentType: 'application/cbor' });
    const bytes = file?.content ?? Buffer.alloc(0);
    expect(bytes.length).to.be.below(1200);
    const asked = { bytes, no, words: '路灯坏了三天' };
    expect(await checkGivenReceipt(system(), asked)).to.include({ contradiction: undefined, fits: true });
    const sms = await bySms(await gateway(), {});
    await work();
    await answer(sms.no, '已修好');
    await work();
    const said = sent().find(({ data }) => data['text']?.includes('已修好'));
    expect(said?.data['text']).not.to.match(/回执|\{/);
  });

  it('疑似警情的，受理的消息以来电人的语言头一句就写打哪个号码；不是的没有这一句', async () => {
    const to = await gateway();
    const said = async (message: object): Promise<string> => {
      const { no } = await bySms(to, message);
      await work();
      return sent().find(({ data }) => data.workOrder === no)?.data.text ?? '';
    };
    expect(await said({ text: '三号楼有人要跳楼，快来' })).to.match(
      /^有紧急情况的，请立即拨打 110，不要等这里。\n/,
    );
    expect(await said({ text: 'The house next door is on fire', lang: 'en' })).to.match(
      /^If this is an emergency, call 119 now; do not wait for us\.\n/,
    );
    const plain = await said({ text: '楼道灯不亮' });
    expect(plain)
      .to.match(/^市民服务热线 12345 已于/)
      .and.not.include('拨打 110');
  });

  it('五种语言各有文本，来电人用哪种就发哪种', async () => {
    const to = await gateway();
    for (const lang of ['zh', 'en', 'fr', 'ru', 'de']) await bySms(to, { lang });
    await work();
    const titles = new Map(sent().map(({ data }) => [data.language, data.title ?? '']));
    expect(titles.get('en')).to.match(/^Your request has been accepted/);
    expect(titles.get('fr')).to.match(/^Votre demande est enregistrée/);
    expect(titles.get('ru')).to.match(/^Ваше обращение принято/);
    expect(titles.get('de')).to.match(/^Ihr Anliegen wurde angenommen/);
    expect(titles.size).to.equal(5);
  });

  it('不愿意收消息的、没有留联系方式的、来源没有设地址的、电话来的，一条也不发', async () => {
    const to = await gateway();
    const silent = [
      await bySms(to, { told: false }),
      await bySms(to, { from: null }),
      await bySms(await gateway(false), {}),
    ];
    await work();
    expect(sent()).to.deep.equal([]);
    for (const { no } of silent) expect(await told(no)).to.deep.equal([]);
  });

  it('政策关了的时机不发，开了的发', async () => {
    const to = await gateway();
    const occasions = system().occasions.all;
    const decided = (value: string) => Object.fromEntries(occasions.map(({ policy }) => [policy, value]));
    const { no } = await bySms(to, {});
    await answer(no, '灯泡已经换好。');
    await work(decided('off'));
    expect(sent()).to.deep.equal([]);
    expect(await told(no)).to.deep.equal([]);
    const other = await bySms(to, {});
    await answer(other.no, '灯泡已经换好。');
    const handed = await bySms(to, {});
    let now = await completeOnly(served().url, await read(handed.no), { conduct: 'orderly' });
    now = await completeOnly(served().url, now, { wayOut: 'dispatch' });
    await completeOnly(served().url, now, { unit: '市水务局' });
    await work(decided('on'));
    expect(new Set(sent().map(({ data }) => data.occasion))).to.deep.equal(
      new Set(occasions.flatMap(({ key, on }) => (on.some((one) => 'deed' in one) ? [key] : []))),
    );
  });

  it('条例有了新的一版：在办的一件告知一次现在依哪一部，政策关了不发', async () => {
    const to = await gateway();
    const { no } = await bySms(to, {});
    await work();
    const [file] = (
      await system().database.pool.query<{ id: string }>(
        'SELECT id::text AS id FROM hotline.process_case WHERE business_key = $1',
        [no],
      )
    ).rows;
    const enter = (type: 'regulation.applied' | 'regulation.kept') =>
      system().executor.execute([
        {
          ...{ kind: 'amend' as const, caseId: file?.id ?? '', type, at: system().clock.now() },
          body: { file: 'catalogue-2.json', version: '2', validFrom: '2026-01-01' },
        },
      ]);
    receiver().received.length = 0;
    await enter('regulation.kept');
    await work();
    await work();
    expect(sent().map(({ data }) => data.occasion)).to.deep.equal(['law-kept']);
    const [kept] = sent();
    expect(kept?.data.text).to.include(`仍依《${system().laws.today().title}》办理`).and.not.include('{');
    await enter('regulation.applied');
    await work({ tellLaw: 'off' });
    expect(sent()).to.have.length(1);
  });

  it('不要求回复的不发答复', async () => {
    const to = await gateway();
    const { no } = await bySms(to, { reply: false });
    await answer(no, '已经修好。', { wishesReply: false });
    await work();
    expect(sent().map(({ data }) => data.occasion)).to.have.members(['accepted', 'closed']);
    expect(JSON.stringify(sent())).not.to.include('已经修好');
  });

  it('依法不予显示的答复，消息里也只有事由和依据；承办单位的内部记录不发', async () => {
    const to = await gateway();
    const { no } = await bySms(to, {});
    let now = await completeOnly(served().url, await read(no), { conduct: 'orderly' });
    now = await completeOnly(served().url, now, { wayOut: 'dispatch' });
    now = await completeOnly(served().url, now, { unit: '市水务局' });
    const step = async (given: { readonly [key: string]: unknown }) => {
      const task = now.tasks.find(({ form }) =>
        Object.keys(given).every((key) => form.some((f) => f.key === key)),
      );
      now = await complete(
        served().url,
        now,
        task ?? expect.fail(Object.keys(given).join()),
        given,
        '经办人',
      );
    };
    await step({ receipt: 'accept' });
    await step({ branch: 'within-limit', handlingResult: '内部办理情况' });
    await work();
    receiver().received.length = 0;
    await step({
      replySummary: '涉及他人的住址',
      replyChannel: 'phone',
      withheldGround: 'privacy',
      withheldBasis: '《民法典》第一千零三十四条',
    });
    await work();
    const [reply] = sent();
    expect(reply?.data.occasion).to.equal('answered');
    expect(reply?.data.text).to.include('依照《民法典》第一千零三十四条，涉及他人隐私，不予显示');
    expect(JSON.stringify(sent())).not.to.include('涉及他人的住址').and.not.include('内部办理');
  });

  it('发出之后、记下之前死了：再发一次，编号不变，轨迹里一条；再做一遍什么也不发', async () => {
    const to = await gateway();
    const { no } = await bySms(to, {});
    const payloads: unknown[] = [];
    // The program dies after the receiver's answer, before the result is written.
    const { job: dying } = messageSender({
      receiptFor,
      ...system(),
      outgoing: outgoing(),
      executor: { ...system().executor, executeIn: () => Promise.reject(new Error('程序死了')) },
    });
    const watched = jobs().map((job) =>
      job.name === 'message.send'
        ? {
            ...dying,
            work: (payload: unknown, context: Parameters<typeof dying.work>[1]) => {
              payloads.push(payload);
              return dying.work(payload, context);
            },
          }
        : job,
    );
    const runner = createJobRunner({
      ...system(),
      jobs: watched,
      onError: (error) => expect.fail(String(error)),
    });
    system().clock.moveTo(systemClock.now());
    while (payloads.length === 0) await runner.runDue();
    expect(receiver().received).to.have.length(1);
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['waiting']);
    const context = { attempt: 2, signal: new AbortController().signal };
    const job = jobs().find((one) => one.name === 'message.send') ?? expect.fail();
    await Promise.all([job.work(payloads[0], context), job.work(payloads[0], context)]);
    await job.work(payloads[0], context);
    const ids = receiver().received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).to.equal(1);
    expect(ids.length).to.be.within(2, 3);
    expect((await read(no)).trail.filter(({ type }) => type === 'caller.told')).to.have.length(1);
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['told']);
    const compose = jobs().find((one) => one.name === 'message.compose') ?? expect.fail();
    await compose.work({ workOrder: no, entry: 1, occasion: 'accepted' }, context);
    await work();
    expect(ids.length).to.equal(receiver().received.length);
  });

  it('对方不收的再试；试满还没有发到的记入轨迹、进失败清单，以后再试成了也记', async () => {
    const to = await gateway();
    const { no } = await bySms(to, {});
    receiver().answer = 503;
    await work();
    expect(await told(no)).to.have.length(1);
    expect((await told(no))[0]).to.include({ state: 'waiting', failure: '对方答复 HTTP 503' });
    const payload = await waitingFor(no);
    const job = jobs().find((one) => one.name === 'message.send') ?? expect.fail();
    const last = { attempt: 12, signal: new AbortController().signal };
    for (const _twice of [1, 2]) {
      const failure = await job.work(payload, last).catch((error: Error) => error.message);
      expect(failure).to.equal('对方答复 HTTP 503');
    }
    const given = (await read(no)).trail.filter(({ type }) => type === 'caller.not-told');
    expect(given).to.have.length(1);
    expect(said(given[0])).to.deep.include({ why: '对方答复 HTTP 503', occasion: 'accepted' });
    expect((await told(no))[0]).to.include({ state: 'not-told', failure: '对方答复 HTTP 503' });
    receiver().answer = 200;
    await job.work(payload, last);
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['not-told', 'told']);
  });

  it('写好以后来电人的资料删除了、来源停用了：不再发，记入轨迹', async () => {
    const to = await gateway();
    const [erased, closed] = [await bySms(to, {}), await bySms(to, {})];
    receiver().answer = 503;
    await work();
    receiver().received.length = 0;
    receiver().answer = 200;
    const job = jobs().find((one) => one.name === 'message.send') ?? expect.fail();
    const again = async (no: string) =>
      job.work(await waitingFor(no), { attempt: 2, signal: new AbortController().signal });
    await eraseCaller(system(), { no: erased.no, reason: '来电人要求', actor: '保密员' });
    await again(erased.no);
    answered('closeChannelSource', await post(served().url, `/api/channel-sources/${to.id}/closure`, {}));
    await again(closed.no);
    expect(receiver().received).to.deep.equal([]);
    expect((await told(erased.no))[0]).to.include({ state: 'not-told', failure: '来电人的联系方式已经删除' });
    expect((await told(closed.no))[0]).to.include({
      state: 'not-told',
      failure: '来源已经停用，或者不再设告知的地址',
    });
  });

  describe('文本', () => {
    const list = async () =>
      answered('listMessageTemplates', await send(served().url, '/api/message-templates')) as {
        occasions: { key: string; on: boolean; placeholders: { name: string }[] }[];
        items: { occasion: string; language: string; version: number; subject: string; text: string }[];
      };
    const change = (occasion: string, language: string, body: object) =>
      send(served().url, `/api/message-templates/${occasion}/${language}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    it('随附的每个时机五种语言都有；受理、答复、办结默认告知', async () => {
      const { occasions, items } = await list();
      expect(items).to.have.length(occasions.length * 5);
      expect(occasions.filter(({ on }) => on).map(({ key }) => key)).to.deep.equal([
        'accepted',
        'answered',
        'closed',
        'law-applied',
        'law-kept',
      ]);
    });

    it('改了成为新的版本，记入轨迹，此后照新的发；别人先改了的、占位符不对的不收，说出哪里不对', async () => {
      const text = '您好，<b>{workOrder}</b> 已受理。\n承办单位：{unit}\n查询码 {secret}';
      const changed = answered(
        'changeMessageTemplate',
        await change('accepted', 'zh', { subject: '受理 {workOrder}', text, basedOn: 0 }),
      );
      expect(changed).to.include({ version: 1, text });
      const late = problemIn(await change('accepted', 'zh', { subject: '甲', text: '乙', basedOn: 0 }));
      expect(late).to.include({ code: 'template.changed', status: 409 });
      const refused = async (said: object) =>
        problemIn(await change('closed', 'en', { subject: 'x', text: 'y', basedOn: 0, ...said }));
      expect(await refused({ text: '{callerName}' })).to.include({ code: 'input.invalid', where: 'text' });
      expect((await refused({ text: '{callerName}' })).detail).to.include('{workOrder}');
      expect(await refused({ text: '{workOrder' })).to.include({ where: 'text' });
      expect(await refused({ text: '{secret}' })).to.include({ where: 'text' });
      expect(await refused({ subject: 'a\nb' })).to.include({ where: 'subject' });
      expect(problemIn(await change('nothing', 'en', { subject: 'x', text: 'y', basedOn: 0 }))).to.include({
        code: 'template.not-found',
        status: 404,
      });
      const to = await gateway();
      const { no, code } = await bySms(to, {});
      await work();
      // There is no unit yet, so the line is left out.
      expect(sent()[0]?.data.text).to.equal(`您好，<b>${no}</b> 已受理。\n查询码 ${code}`);
      const { rows } = await system().database.pool.query<{ body: string }>(
        "SELECT convert_from(body, 'UTF8') AS body FROM hotline.trail_entry WHERE stream = 'channels' AND type = 'template.changed'",
      );
      expect(rows).to.have.length(1);
      expect(JSON.parse(rows[0]?.body ?? '{}')).to.include({
        occasion: 'accepted',
        language: 'zh',
        version: 1,
        text,
      });
    });

    it('先看一看：以样例的值填好，什么也不存', async () => {
      const before = await list();
      const shown = answered(
        'previewMessageTemplate',
        await post(served().url, '/api/message-templates/preview', {
          occasion: 'answered',
          subject: '工单 {workOrder}',
          text: '{answer}',
        }),
      );
      expect(shown).to.deep.equal({
        subject: '工单 20261128-000001',
        text: '承办单位的答复：水管已经换好，今晚八点恢复供水。',
      });
      expect(await list()).to.deep.equal(before);
    });
  });

  it('试发一条：送到没有都说明白，记入轨迹；地址不对的、邮箱的不收', async () => {
    const to = await gateway();
    const test = async () =>
      answered(
        'testSourceOutgoing',
        await post(served().url, `/api/channel-sources/${to.id}/outgoing/test`, {}),
      );
    expect(await test()).to.deep.equal({ arrived: true, failure: null });
    receiver().answer = 500;
    expect(await test()).to.deep.equal({ arrived: false, failure: '对方答复 HTTP 500' });
    const wrong = await send(served().url, `/api/channel-sources/${to.id}/outgoing`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ address: 'ftp://x' }),
    });
    expect(problemIn(wrong)).to.include({ code: 'input.invalid', where: 'address' });
  });
});
