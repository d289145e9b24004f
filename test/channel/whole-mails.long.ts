/** Complete mails: their files, and replies that continue a matter. Real mails, sockets, files and database. */
import { expect } from 'chai';
import type { SendMailOptions } from 'nodemailer';
import { composingJob, listAttachments, mailedReceipts, receivingWhole } from '../../src/cases/index.js';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import { ownWords } from '../../src/channel/mailbox/own-words.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { Refusal, systemClock } from '../../src/kernel/index.js';
import { messageSender } from '../../src/channel/message/index.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';
import { answered, completeOnly, send, useServer, type WorkOrderView } from '../http/serving.js';
import { useMailServer } from '../support/mail-server.js';
import { letter, photo, photoWithPlace, smallPdf, vector } from '../support/sample-files.js';
import { createNodemailerMail } from './mails.js';

describe('市长信箱：整封信', () => {
  const served = useServer({ at: 'now' });
  const system = () => served().system;
  const mails = useMailServer();
  let server: ImapServer;
  before(async () => (server = await startImapServer()));
  after(() => server.close());

  const read = (ports: Partial<ReturnType<typeof receivingWhole>> = {}) =>
    readMailbox(
      { ...system(), ...receivingWhole(system()), ...ports },
      {
        ...{ host: '127.0.0.1', port: server.port, secure: false, local: true },
        ...{ user: 'mayor@example.gov.cn', password: 'geheim', folder: 'INBOX', doneFolder: undefined },
      },
      new AbortController().signal,
    );
  const put = async (mail: SendMailOptions): Promise<number> => server.add(await createNodemailerMail(mail));
  const isSeen = (uid: number): boolean =>
    server.mails.find((mail) => mail.uid === uid)?.flags.has('\\Seen') ?? false;
  const sheets = async () => {
    const { rows } = await system().database.pool.query<{ no: string; title: string; content: string }>(
      'SELECT no, title, content FROM hotline.work_order ORDER BY received_at, no',
    );
    return rows;
  };
  const newest = async () => (await sheets()).at(-1) ?? expect.fail('no sheet');
  const aside = async () => {
    const { rows } = await system().database.pool.query<{ reason: string }>(
      'SELECT reason FROM hotline.channel_message WHERE reason IS NOT NULL ORDER BY id',
    );
    return rows.map(({ reason }) => reason);
  };
  const agent = { belongsTo: [], seesAll: true };
  const filesOf = async (no: string) => {
    const { items, refused } = await listAttachments(system(), agent, no);
    return {
      // Sorted by name, because the test's clock gives them one instant.
      kept: items
        .map(({ name, shows, addedBy }) => ({ name, shows, addedBy }))
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      refused: refused.map(({ name, why }) => `${name ?? ''}:${why}`),
    };
  };
  const additionsOf = async (no: string): Promise<readonly (string | undefined)[]> => {
    const entries = await system().database.transaction((transaction) =>
      system().trail.read(transaction, [no]),
    );
    return (entries.get(no) ?? [])
      .filter(({ type }) => type === 'caller.added')
      .map(({ sealed }) => (sealed as { [name: string]: string | undefined }).addition);
  };

  it('附件成为工单的附件，各一次；不收的在工单上写明，不妨碍别的', async () => {
    const uid = await put({
      ...{ from: '"王某" <wang@example.com>', subject: '路面塌陷', text: '门口塌了一块。' },
      messageId: '<whole@example.com>',
      attachments: [
        { filename: '现场.jpg', content: await photoWithPlace() },
        { filename: '图.svg', content: vector },
        { filename: '物业通知.docx', content: await letter() },
        { filename: 'smime.p7s', content: 'x', contentType: 'application/pkcs7-signature' },
      ],
    });
    expect(await read()).to.equal(undefined);
    const { no, content } = await newest();
    expect(content).to.equal('门口塌了一块。');
    const expected = {
      kept: [
        { name: '物业通知.docx', shows: 'matter', addedBy: null },
        { name: '现场.jpg', shows: 'matter', addedBy: null },
      ],
    };
    const found = await filesOf(no);
    expect(found.kept).to.deep.equal(expected.kept);
    expect(found.refused).to.have.length(1);
    expect(found.refused[0]).to.match(/^图\.svg:这个文件不收/);
    expect(isSeen(uid)).to.equal(true);
    server.mails[0]?.flags.clear();
    server.uidValidity += 1;
    await read();
    expect(await filesOf(no)).to.deep.equal(found);
    expect(await sheets()).to.have.length(1);
  });

  it('收附件收到一半断开：信没有标记；接着读，附件不缺、不重', async () => {
    const count = (await sheets()).length;
    const uid = await put({
      ...{ from: 'li@example.com', subject: '井盖', text: '井盖不见了', messageId: '<half@example.com>' },
      attachments: [
        { filename: '一.jpg', content: await photo() },
        { filename: '二.pdf', content: smallPdf },
      ],
    });
    const { attach } = receivingWhole(system());
    const dies: typeof attach = (no, file, isLast) =>
      file.name === '二.pdf' ? Promise.reject(new Error('killed')) : attach(no, file, isLast);
    expect(String(await read({ attach: dies }).catch((error: unknown) => error))).to.include('killed');
    expect(isSeen(uid)).to.equal(false);
    expect(await read()).to.equal(undefined);
    expect(await sheets()).to.have.length(count + 1);
    expect((await filesOf((await newest()).no)).kept.map(({ name }) => name)).to.deep.equal([
      '一.jpg',
      '二.pdf',
    ]);
    expect(isSeen(uid)).to.equal(true);
  });

  it('病毒扫描没有答复：这封信等着，后面的信照收；扫描好了补上，六小时还没有的写明没有收下', async () => {
    const unscanned = new Refusal('attachment.unscanned', '病毒扫描现在没有答复');
    const { attach } = receivingWhole(system());
    const fails: typeof attach = (no, file, isLast) =>
      isLast ? attach(no, file, isLast) : Promise.reject(unscanned);
    const one = await put({
      ...{ from: 'm@example.com', subject: '等扫描', text: '等扫描', messageId: '<scan@example.com>' },
      attachments: [{ filename: '三.pdf', content: Buffer.concat([smallPdf, Buffer.from('%')]) }],
    });
    const next = await put({
      from: 'n@example.com',
      subject: '后一封',
      text: '后一封',
      messageId: '<after@example.com>',
    });
    expect(await read({ attach: fails })).to.equal('有来信的附件还没有收下：病毒扫描现在没有答复');
    expect([isSeen(one), isSeen(next)]).to.deep.equal([false, true]);
    const count = (await sheets()).length;
    const waiting = (await sheets()).find(({ title }) => title === '等扫描') ?? expect.fail('no sheet');
    expect(await filesOf(waiting.no)).to.deep.equal({ kept: [], refused: [] });
    const before = system().clock.now();
    system().clock.moveTo(new Date(before.getTime() + 7 * 3_600_000));
    expect(await read({ attach: fails })).to.equal(undefined);
    system().clock.moveTo(before);
    expect((await filesOf(waiting.no)).kept).to.have.length(1);
    expect(isSeen(one)).to.equal(true);
    expect(await sheets()).to.have.length(count);
  });

  /** Works until no job is due. */
  const work = async (): Promise<void> => {
    const outgoing = { privateAddresses: true, smtp: { url: mails().url, from: '12345@example.gov.cn' } };
    const ours = [
      composingJob({ ...system(), publicUrl: undefined }),
      messageSender({ ...system(), outgoing, receiptFor: mailedReceipts(system(), undefined) }).job,
    ];
    system().clock.moveTo(systemClock.now());
    const runner = createJobRunner({
      ...system(),
      jobs: [...system().jobs.filter(({ name }) => ours.every((job) => job.name !== name)), ...ours],
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

  it('来电人回我们的信：成为那张工单的补充，不另开；引用的原文去掉，附件照收；再投一次不重复', async () => {
    await put({ from: 'zhao@example.com', subject: '噪音', text: '工地夜里施工', messageId: '<first@zhao>' });
    await read();
    const { no } = await newest();
    await work();
    const told = mails().received.find(({ mail }) => mail.subject?.includes(no)) ?? expect.fail('not told');
    const count = (await sheets()).length;
    const id = told.mail.messageId ?? '';
    const reply = {
      ...{
        from: '赵某 <Zhao@Example.com>',
        subject: `回复：${told.mail.subject ?? ''}`,
        inReplyTo: id,
        references: id,
      },
      text: `昨晚又到两点。\n\n在 2026年11月28日，12345 <12345@example.gov.cn> 写道：\n> ${(told.mail.text ?? '').replaceAll('\n', '\n> ')}`,
      messageId: '<reply@zhao>',
      attachments: [{ filename: '夜里.jpg', content: await photo(300, 200) }],
    };
    const uid = await put(reply);
    await read();
    expect(isSeen(uid)).to.equal(true);
    await put(reply);
    await read();
    expect(await sheets()).to.have.length(count);
    expect(await additionsOf(no)).to.deep.equal(['昨晚又到两点。']);
    expect((await filesOf(no)).kept.map(({ name }) => name)).to.deep.equal(['夜里.jpg']);

    // Found by the number in the subject, without a reference; and by the caller's own earlier
    // mail.
    await put({
      from: 'zhao@example.com',
      subject: `关于 ${no}`,
      text: '今天停了',
      messageId: '<subject@zhao>',
    });
    await put({
      ...{ from: 'zhao@example.com', subject: '噪音', inReplyTo: '<first@zhao>', messageId: '<own@zhao>' },
      attachments: [{ filename: '白天.jpg', content: await photo(310, 200) }],
    });
    await read();
    expect(await sheets()).to.have.length(count);
    expect(await additionsOf(no)).to.deep.equal(['昨晚又到两点。', '今天停了', '（来信只有附件：白天.jpg）']);

    // A stranger's mail becomes a sheet of its own, which names the sheet it answers.
    await put({
      from: 'other@example.com',
      subject: 'Re: 工单',
      text: '我也受影响',
      inReplyTo: id,
      messageId: '<other@x>',
    });
    await put({ from: 'other@example.com', subject: `问 ${no}`, text: '办得怎样', messageId: '<other2@x>' });
    await read();
    const [answering, asking, ...none] = (await sheets()).slice(count);
    expect(none).to.deep.equal([]);
    expect(answering?.content).to.equal(
      `我也受影响\n\n（这封信答复的是工单 ${no} 的信，发件人不是该工单留下的联系方式）`,
    );
    expect(asking?.content).to.equal('办得怎样');
    expect(await additionsOf(no)).to.have.length(3);

    // An automatic reply to our mail becomes neither a sheet nor an addition.
    const all = (await sheets()).length;
    await put({
      ...{
        from: 'zhao@example.com',
        subject: '休假',
        text: '我在休假',
        inReplyTo: id,
        messageId: '<away@zhao>',
      },
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    await read();
    expect([(await sheets()).length, (await additionsOf(no)).length]).to.deep.equal([all, 3]);
    expect(await aside()).to.include('自动回复或者自动发出的邮件');

    // More additions than a caller may make in a day: set aside for a person.
    for (const at of [1, 2, 3]) {
      await put({
        from: 'zhao@example.com',
        subject: no,
        text: `第 ${at} 句`,
        messageId: `<more${at}@zhao>`,
      });
    }
    await read();
    expect(await additionsOf(no)).to.have.length(5);
    expect((await aside()).at(-1)).to.match(/^不能补充：/);
  });

  it('工单已经办结：来电人的回信另成一张，写明接着哪一张', async () => {
    await put({ from: 'qian@example.com', subject: '咨询', text: '怎样办证', messageId: '<first@qian>' });
    await read();
    const { no } = await newest();
    const { url } = served();
    const opened = answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as WorkOrderView;
    const orderly = await completeOnly(url, opened, { conduct: 'orderly' });
    await completeOnly(url, await completeOnly(url, orderly, { wayOut: 'on-the-spot' }), {
      answerSummary: '在政务大厅办',
    });
    const { rows } = await system().database.pool.query<{ ended: boolean }>(
      'SELECT ended_at IS NOT NULL AS ended FROM hotline.case_overview WHERE business_key = $1',
      [no],
    );
    expect(rows).to.deep.equal([{ ended: true }]);
    await put({
      from: 'qian@example.com',
      subject: '咨询',
      text: '还是要办',
      inReplyTo: '<first@qian>',
      messageId: '<again@qian>',
    });
    await read();
    expect((await newest()).content).to.equal(`还是要办\n\n（这封信接着已经办结的工单 ${no}）`);
    expect(await additionsOf(no)).to.deep.equal([]);
  });

  it('引用的原文从常见的写法起去掉；自己写的一句不少，全是引用的整封留下', () => {
    const cut: readonly [string, string][] = [
      ['好的\n\n------------------ 原始邮件 ------------------\n发件人： a\n旧', '好的'],
      ['谢谢\n\nOn Sat, 28 Nov 2026 at 10:00, 12345 <a@b> wrote:\n\n> 旧\n> 旧', '谢谢'],
      ['Danke\n\nAm 28.11.2026 um 10:00 schrieb 12345:\n> alt', 'Danke'],
      ['一\n\n发件人： 12345\n发送时间： 2026年\n主题：旧\n\n旧', '一'],
      ['> 问一\n答一\n> 问二\n答二\n> 尾', '> 问一\n答一\n> 问二\n答二'],
      ['> 只有引用', '> 只有引用'],
      ['发件人：这是我写的第一行\n第二行', '发件人：这是我写的第一行\n第二行'],
      ['他昨天给我写道歉信', '他昨天给我写道歉信'],
    ];
    for (const [whole, own] of cut) expect(ownWords(whole)).to.equal(own);
  });
});
