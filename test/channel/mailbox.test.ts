/** The mayor's mailbox: the program's IMAP client on a socket, real mails, a real database. */
import { expect } from 'chai';
import { mailboxJob, mailboxSettings, scheduleMailbox } from '../../src/channel/index.js';
import { createJobRunner, jobOfKey } from '../../src/platform/jobs/index.js';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import type { MailboxSettings } from '../../src/channel/index.js';
import { receivingWhole } from '../../src/cases/index.js';
import { createNodemailerMail } from './mails.js';
import { refusalOf } from '../support/refusal.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';
import { useSystem } from '../support/system.js';

describe('诉求来源：市长信箱（IMAP）', () => {
  const system = useSystem({ at: 'now' });
  let server: ImapServer;
  before(async () => (server = await startImapServer()));
  after(() => server.close());

  const settings = (): MailboxSettings => ({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    local: true,
    user: 'mayor@example.gov.cn',
    password: 'geheim',
    folder: 'INBOX',
    doneFolder: undefined,
  });
  const read = (
    given: Partial<MailboxSettings> = {},
    ports: Partial<ReturnType<typeof receivingWhole>> = {},
  ) =>
    readMailbox(
      { ...system(), ...receivingWhole(system()), ...ports },
      { ...settings(), ...given },
      new AbortController().signal,
    );
  const sheets = async () => {
    const { rows } = await system().database.pool.query<{ no: string; title: string; content: string }>(
      "SELECT no, title, content FROM hotline.work_order WHERE channel = 'mailbox' ORDER BY no",
    );
    return rows;
  };
  const aside = async () => {
    const { rows } = await system().database.pool.query<{ reason: string }>(
      'SELECT reason FROM hotline.channel_message WHERE reason IS NOT NULL ORDER BY id',
    );
    return rows.map(({ reason }) => reason);
  };
  const newest = async () => (await sheets()).at(-1);
  const isSeen = (uid: number): boolean =>
    server.mails.find((mail) => mail.uid === uid)?.flags.has('\\Seen') ?? false;
  const caller = async (no: string | undefined) =>
    system().database.transaction((transaction) => system().sheets.find(transaction, no ?? ''));

  it('一封信成为一张工单，标为已读；再读、再投一次，都不重复', async () => {
    const mail = await createNodemailerMail({
      from: '"王某" <wang@example.com>',
      subject: '小区的路灯坏了半个月',
      text: '晚上很黑，老人摔了一跤。',
      messageId: '<one@example.com>',
    });
    const uid = server.add(mail);
    expect(await read()).to.equal(undefined);
    const [one, ...others] = await sheets();
    expect(others).to.deep.equal([]);
    expect(one).to.include({ title: '小区的路灯坏了半个月' });
    expect(one?.content).to.equal('晚上很黑，老人摔了一跤。');
    expect(await caller(one?.no)).to.include({ callerName: '王某', callerContact: 'wang@example.com' });
    expect(isSeen(uid)).to.equal(true);
    await read();
    // The same mail on another route, with other transport headers.
    server.add(Buffer.concat([Buffer.from('Received: from elsewhere\r\n'), mail]));
    await read();
    expect(await sheets()).to.have.length(1);
    expect(await aside()).to.deep.equal([]);
  });

  it('GB18030、base64、RFC 2047、只有 HTML：读出来的是文字', async () => {
    // "噪音" in the subject and "工地夜里施工" in the body, both GB18030.
    const gb = Buffer.concat([
      Buffer.from(
        'From: =?gb18030?B?zfU=?= <gb@example.com>\r\nSubject: =?gb18030?B?1OvS9A==?=\r\nMessage-ID: <gb@x>\r\n' +
          'Content-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      ),
      Buffer.from(Buffer.from('b9a4b5d8d2b9c0efcaa9b9a4', 'hex').toString('base64')),
    ]);
    server.add(gb);
    await read();
    expect(await newest()).to.include({ title: '噪音', content: '工地夜里施工' });
    server.add(
      await createNodemailerMail({
        from: 'html@example.com',
        subject: '网页写的信',
        html: '<style>p{}</style><p>第一段<script>alert(1)</script></p><p>第二段</p>',
        messageId: '<html@x>',
      }),
    );
    await read();
    expect((await newest())?.content).to.match(/^第一段\s+第二段$/);
  });

  it('自动回复、退信、邮件列表、群发：放到一边，不成为工单，不判断是不是垃圾', async () => {
    const before = (await sheets()).length;
    const from = 'From: a@example.com\r\nSubject: x\r\n';
    const machine: readonly [string, string][] = [
      ['Auto-Submitted: auto-replied\r\n', '自动回复或者自动发出的邮件'],
      ['X-Autoreply: yes\r\n', '自动回复或者自动发出的邮件'],
      ['Return-Path: <>\r\n', '退信'],
      ['Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n', '退信'],
      ['List-Id: <news.example.com>\r\n', '邮件列表'],
      ['Precedence: bulk\r\n', '群发的邮件'],
    ];
    machine.forEach(([header], index) =>
      server.add(`${from}Message-ID: <m${index}@x>\r\n${header}\r\n正文\r\n`),
    );
    server.add('From: qq@example.com\r\nSubject: 自动回复：路灯\r\nMessage-ID: <qq@x>\r\n\r\n信已收到\r\n');
    await read();
    const reasons = [...machine.map(([, reason]) => reason), '自动回复或者自动发出的邮件'];
    expect(await aside()).to.deep.equal(reasons);
    server.add(`${from}Message-ID: <person@x>\r\nAuto-Submitted: no\r\n\r\nkein Spam, gratis!\r\n`);
    await read();
    expect(await sheets()).to.have.length(before + 1);
  });

  it('在开单和标记之间断开：工单在，信没有标记；接着读，不重复，标上', async () => {
    const before = (await sheets()).length;
    const uid = server.add(
      await createNodemailerMail({
        from: 'b@example.com',
        subject: '断开',
        text: '断开',
        messageId: '<cut@x>',
      }),
    );
    server.breakAt = 'STORE';
    expect(await read()).to.equal('连接不上邮箱，或者连接断了');
    expect(await sheets()).to.have.length(before + 1);
    expect(isSeen(uid)).to.equal(false);
    expect(await read()).to.equal(undefined);
    expect(await sheets()).to.have.length(before + 1);
    expect(isSeen(uid)).to.equal(true);
  });

  it('开不了单（数据库出错）：信没有标记，下次接着来', async () => {
    const before = (await sheets()).length;
    const uid = server.add(
      await createNodemailerMail({ from: 'c@example.com', subject: '库', text: '库', messageId: '<db@x>' }),
    );
    const accept = () => Promise.reject(new Error('the database is gone'));
    const broken = await read({}, { accept }).catch((error: unknown) => error);
    expect(String(broken)).to.include('the database is gone');
    expect(isSeen(uid)).to.equal(false);
    await read();
    expect(await sheets()).to.have.length(before + 1);
  });

  it('邮箱重新编号（UIDVALIDITY）：只读没有读过的，旧信不重来', async () => {
    const before = (await sheets()).length;
    server.uidValidity = 2000;
    server.add(
      await createNodemailerMail({
        from: 'd@example.com',
        subject: '重编',
        text: '重编',
        messageId: '<val@x>',
      }),
    );
    await read();
    expect(await sheets()).to.have.length(before + 1);
  });

  it('口令不对、连不上：写明原因，记在来源的状况里，没有口令', async () => {
    expect(await read({ password: 'falsch' })).to.equal('邮箱不接受用户或口令');
    expect(await read({ port: 1 })).to.equal('连接不上邮箱，或者连接断了');
    const { rows } = await system().database.pool.query<{ failure: string }>(
      "SELECT last_failure AS failure FROM hotline.channel_source WHERE proof = 'mailbox'",
    );
    expect(rows).to.deep.equal([{ failure: '连接不上邮箱，或者连接断了' }]);
  });

  it('读过的移到另一个文件夹', async () => {
    const uid = server.add(
      await createNodemailerMail({ from: 'e@example.com', subject: '移', text: '移', messageId: '<move@x>' }),
    );
    await read({ doneFolder: 'Done' });
    expect(server.moved).to.deep.equal([{ folder: 'Done', uid }]);
  });

  it('四十封乱写的信：每封不是成了工单就是放在一边，读得到头', async () => {
    const before = (await sheets()).length + (await aside()).length;
    for (let index = 0; index < 40; index++) {
      const junk = Buffer.from(Array.from({ length: 300 }, (_, at) => (index * 31 + at * (index + 7)) % 256));
      const head =
        index % 2 === 0 ? `From: x\r\nSubject: =?utf-8?B?\u0000\ud800?=\r\nX: ${index}\r\n\r\n` : '';
      server.add(Buffer.concat([Buffer.from(head), junk]));
    }
    expect(await read()).to.equal(undefined);
    expect((await sheets()).length + (await aside()).length).to.equal(before + 40);
  });

  it('是队列里的任务：同时只有一个，读完排下一次；没有读到头的时间看得到', async () => {
    const deps = { ...system(), ...receivingWhole(system()), mailbox: settings() };
    server.add(
      await createNodemailerMail({
        from: 'f@example.com',
        subject: '任务',
        text: '任务',
        messageId: '<job@x>',
      }),
    );
    await scheduleMailbox(deps);
    await scheduleMailbox(deps);
    const runner = createJobRunner({
      ...deps,
      jobs: [mailboxJob(deps)],
      onError: (error) => expect.fail(String(error)),
    });
    await runner.runDue();
    expect((await newest())?.title).to.equal('任务');
    const next = await system().database.transaction((transaction) =>
      jobOfKey(transaction, 'channel.read-mailbox'),
    );
    expect(next).to.deep.equal({ isFailed: false, attempts: 0, error: null });
    const { rows } = await system().database.pool.query<{ at: Date }>(
      'SELECT read_at AS at FROM hotline.mailbox_overview',
    );
    expect(rows).to.deep.equal([{ at: system().clock.now() }]);
  });

  it('设置：口令不写在地址里，只在文件里；写错的启动时拒绝', () => {
    const refused = (environment: NodeJS.ProcessEnv) => refusalOf(() => mailboxSettings(environment));
    expect(mailboxSettings({})).to.equal(undefined);
    expect(refused({ HOTLINE_IMAP_URL: 'imaps://a:secret@h/INBOX' })?.message).not.to.include('secret');
    expect(refused({ HOTLINE_IMAP_URL: 'http://a@h' })?.code).to.equal('usage.invalid');
    expect(refused({ HOTLINE_IMAP_URL: 'imaps://a@h' })?.message).to.include('HOTLINE_IMAP_PASSWORD_FILE');
  });
});
