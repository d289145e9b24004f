/** Our mails that do not arrive: refused at once, or bounced to the mailbox (RFC 3464). */
import { expect } from 'chai';
import { whileTampered } from '../support/tamper.js';
import { messageSender } from '../../src/channel/message/index.js';
import { addChannel, addToInboxes, noticeSender } from '../../src/channel/notification/index.js';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import { mailedReceipts, receivingWhole } from '../../src/cases/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { createJobRunner, failedJobs, retryJobs } from '../../src/platform/jobs/index.js';
import { answered, send, useServer, type WorkOrderView } from '../http/serving.js';
import { said } from '../support/entries.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';
import { useMailServer } from '../support/mail-server.js';
import { createNodemailerMail } from './mails.js';

describe('退回的信', () => {
  const served = useServer({ at: 'now' });
  const mails = useMailServer();
  let box: ImapServer;
  before(async () => (box = await startImapServer()));
  after(() => box.close());
  afterEach(async () => {
    mails().received.length = 0;
    mails().refuse = false;
    await served().system.database.pool.query('DELETE FROM hotline_jobs._private_jobs');
  });

  const system = () => ({
    ...served().system,
    outgoing: { privateAddresses: true, smtp: { url: mails().url, from: '12345@example.gov.cn' } },
  });
  const read = async (): Promise<void> => {
    const failure = await readMailbox(
      { ...system(), ...receivingWhole(system()) },
      {
        ...{ host: '127.0.0.1', port: box.port, secure: false, local: true },
        ...{ user: 'mayor@example.gov.cn', password: 'geheim', folder: 'INBOX', doneFolder: undefined },
      },
      new AbortController().signal,
    );
    expect(failure).to.equal(undefined);
  };
  const work = async (): Promise<void> => {
    system().clock.moveTo(systemClock.now());
    const ours = [
      messageSender({ ...system(), receiptFor: mailedReceipts(system(), undefined) }).job,
      noticeSender(system()).job,
    ];
    const jobs = [...system().jobs.filter(({ name }) => ours.every((one) => one.name !== name)), ...ours];
    const runner = createJobRunner({ ...system(), jobs, onError: (error) => expect.fail(String(error)) });
    for (const _hop of [1, 2, 3]) await runner.runDue();
  };
  /** Their mail becomes a sheet, and the caller gets a message. */
  const written = async (from: string): Promise<string> => {
    box.add(
      await createNodemailerMail({ from, subject: '路灯', text: `路灯不亮 ${from}`, messageId: `<${from}>` }),
    );
    await read();
    await work();
    const { rows } = await system().database.pool.query<{ no: string }>(
      'SELECT max(no) AS no FROM hotline.work_order',
    );
    return rows[0]?.no ?? '';
  };
  const told = async (no: string) =>
    (
      answered('readCallerMessages', await send(served().url, `/api/work-orders/${no}/caller-messages`)) as {
        items: { state: string; failure: string | null; way: string | null }[];
      }
    ).items;
  const failed = () => system().database.transaction((transaction) => failedJobs(transaction, { limit: 10 }));
  const report = (messageId: string, to: string, { action = 'failed', status = '5.1.1' } = {}): void => {
    box.add(
      [
        'From: MAILER-DAEMON@mx.example.com',
        'Subject: Undelivered Mail Returned to Sender',
        `Message-ID: <report-${Math.random()}@mx.example.com>`,
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        ...['', '--b', 'Content-Type: text/plain', '', '没有送到。', ''],
        ...['--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.com', ''],
        ...[`Final-Recipient: rfc822; ${to}`, `Action: ${action}`, `Status: ${status}`, ''],
        ...['--b', 'Content-Type: message/rfc822', '', `Message-ID: ${messageId}`, `To: ${to}`, '', '正文'],
        ...['--b--', ''],
      ].join('\r\n'),
    );
  };
  const aside = async (): Promise<number> => {
    const { rows } = await system().database.pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM hotline.channel_message WHERE reason IS NOT NULL',
    );
    return rows[0]?.n ?? 0;
  };
  const idOf = (to: string): string =>
    mails().received.find((one) => one.to.includes(to))?.mail.messageId ?? expect.fail('not sent');

  it('第二十四条：告知来电人的信退回来的，不算告知到了：工单页和轨迹写明，退信不用人看', async () => {
    const no = await written('nobody@example.com');
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['told']);
    const before = await aside();
    report(idOf('nobody@example.com'), 'Nobody@example.com');
    await read();
    await read();
    expect(await aside()).to.equal(before);
    const [first, second, ...others] = await told(no);
    expect(others).to.deep.equal([]);
    expect(first).to.include({ state: 'told' });
    expect(second).to.include({
      ...{ state: 'not-told', way: 'email' },
      failure: '信被退回，对方的邮件服务器说送不到（5.1.1）',
    });
    const view = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    const entries = view.trail.filter(({ type }) => type === 'caller.not-told');
    expect(entries).to.have.length(1);
    expect(said(entries[0])).to.deep.include({ occasion: 'accepted' });
    expect(JSON.stringify(entries)).not.to.include('nobody@example.com');
    expect(view.chain.holds).to.equal(true);
    const { rows } = await system().database.pool.query<{ all: string }>(
      'SELECT outcome || array_to_string(attempts, ?) AS all FROM hotline.outbox WHERE sheet = $1'.replace(
        '?',
        "' '",
      ),
      [no],
    );
    expect(rows[0]?.all)
      .to.match(/^bounced.*"receipt".*"failure"/)
      .and.not.include('nobody@example.com');
  });

  it('只是迟了的、说的是别的地址的、没有那封信的：不算退回，留给人看', async () => {
    const no = await written('slow@example.com');
    const before = await aside();
    const id = idOf('slow@example.com');
    report(id, 'slow@example.com', { action: 'delayed', status: '4.4.1' });
    report(id, 'other@example.com');
    report('<msg_999999@example.gov.cn>', 'slow@example.com');
    await read();
    expect(await aside()).to.equal(before + 3);
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['told']);
  });

  it('邮件服务器当场拒收的：不再一次次试，记入轨迹，进失败清单；由人再发，发到了也记', async () => {
    mails().refuse = true;
    const no = await written('refused@example.com');
    const [one, ...others] = await told(no);
    expect(others).to.deep.equal([]);
    expect(one).to.include({
      state: 'not-told',
      failure: '邮件服务器不接受收件人或发件人（EENVELOPE，答复 550）',
    });
    expect(await failed()).to.containSubset([{ name: 'message.send', attempts: 12, nextTry: null }]);
    mails().refuse = false;
    expect(await system().database.transaction((transaction) => retryJobs(transaction))).to.have.length(1);
    await work();
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['not-told', 'told']);
    expect(await failed()).to.deep.equal([]);
  });

  it('邮件服务器不收的是我们（转信的权限、信太多）：不算没有这个人，隔一会儿再试', async () => {
    Object.assign(mails(), { refuse: true, answer: '5.7.1 Client host rejected: access denied' });
    const no = await written('later@example.com');
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['waiting']);
    expect(await failed()).to.deep.equal([]);
    Object.assign(mails(), { refuse: false, answer: '5.1.1 User unknown' });
  });

  it('编出来的退信（编号猜对了，没有那封信的标记）不算，留给人看', async () => {
    const no = await written('guessed@example.com');
    const before = await aside();
    const [name = ''] = /^<msg_\d+/.exec(idOf('guessed@example.com')) ?? [];
    report(`${name}@example.gov.cn>`, 'guessed@example.com');
    report(`${name}.00000000000000000000@example.gov.cn>`, 'guessed@example.com');
    await read();
    expect(await aside()).to.equal(before + 2);
    expect((await told(no)).map(({ state }) => state)).to.deep.equal(['told']);
  });

  it('说的那张工单被改动过，记不进去：留给人看，后面的信照样读', async () => {
    const no = await written('altered@example.com');
    const before = await aside();
    const { url } = system().database;
    await whileTampered(
      url,
      ['process_case'],
      [[`UPDATE process_case SET variables = '{"kind":"praise"}' WHERE business_key = '${no}'`]],
      async () => {
        report(idOf('altered@example.com'), 'altered@example.com');
        await read();
        expect(await aside()).to.equal(before + 1);
      },
    );
    expect((await told(await written('next@example.com'))).map(({ state }) => state)).to.deep.equal(['told']);
  });

  it('给承办单位的通知退回来的，进失败清单，写明对谁、为什么；放回队列再发，编号不变', async () => {
    const recipient = 'unit:某水务局';
    await addChannel(system(), {
      recipient,
      kind: 'email',
      address: 'water@example.gov.cn',
      actor: '管理员',
    });
    const at = system().clock.now();
    const notice = {
      ...{ stream: '20260302-000001', seq: 1, element: 'x', recipient, level: null },
      ...{ title: '待办：签收工单', text: '请签收。', article: null, at },
    };
    await system().database.transaction((transaction) => addToInboxes(transaction, [notice], at));
    await work();
    const id = idOf('water@example.gov.cn');
    expect(await failed()).to.deep.equal([]);
    report(id, 'water@example.gov.cn', { status: '5.2.1' });
    await read();
    expect(await failed()).to.containSubset([
      { name: 'notification.deliver', payload: { recipient, occasion: '待办：签收工单' }, nextTry: null },
    ]);
    expect((await failed())[0]?.error).to.include('5.2.1');
    await system().database.transaction((transaction) => retryJobs(transaction));
    await work();
    expect(mails().received.map(({ mail }) => mail.messageId)).to.deep.equal([id, id]);
  });
});
