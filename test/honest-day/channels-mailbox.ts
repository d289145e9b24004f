/** The mayor's mailbox: letters, their files, answers to ours; and the fate of our own letters. */
import { expect } from 'chai';
import type { SendMailOptions } from 'nodemailer';
import { composingJob, mailedReceipts, receivingWhole } from '../../src/cases/index.js';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { messageSender } from '../../src/channel/message/index.js';
import { createNodemailerMail } from '../channel/mails.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';
import { letter, photo, photoWithPlace, vector } from '../support/sample-files.js';
import { closed, onTheSpot, replied, toUnit, walked } from './caller-cases.js';
import { told } from './channels-messages.js';
import type { Outside } from './channels-receivers.js';
import { attempted } from './channels-set-back.js';
import { asideOf } from './channels-source.js';
import { oddLetters } from './channels-words.js';
import type { Day } from './day.js';

const publicUrl = 'https://12345.example.gov.cn/';

interface Letters {
  readonly box: ImapServer;
  /** Puts letters into the mailbox and reads it. @returns the resulting sheets */
  readonly read: (...mails: readonly SendMailOptions[]) => Promise<readonly string[]>;
}

function lettersTo(day: Day, box: ImapServer): Letters {
  const sheets = async (): Promise<readonly string[]> => {
    const { rows } = await day.served.system.database.pool.query<{ no: string }>(
      "SELECT no FROM hotline.work_order WHERE channel = 'mailbox' ORDER BY no",
    );
    return rows.map(({ no }) => no);
  };
  return {
    box,
    read: async (...mails) => {
      const before = new Set(await sheets());
      for (const mail of mails) box.add(await createNodemailerMail(mail));
      expect(await readIn(day, box)).to.equal(undefined);
      return (await sheets()).filter((no) => !before.has(no));
    },
  };
}

function readIn(day: Day, box: ImapServer, password = 'geheim'): Promise<string | undefined> {
  const { system } = day.served;
  return readMailbox(
    { ...system, ...receivingWhole(system) },
    {
      ...{ host: '127.0.0.1', port: box.port, secure: false, local: true },
      ...{ user: 'mayor@example.gov.cn', password, folder: 'INBOX', doneFolder: undefined },
    },
    new AbortController().signal,
  );
}

export async function mailbox(day: Day, outside: Outside): Promise<void> {
  const box = await startImapServer();
  try {
    const letters = lettersTo(day, box);
    await firstLetters(day, letters);
    await byMachines(day, letters);
    await answersToOurs(day, letters, outside);
    await withReceipt(day, letters, outside);
    await bounced(day, letters, outside);
    await day.work();
  } finally {
    await box.close();
  }
}

async function firstLetters(day: Day, { box, read }: Letters): Promise<void> {
  const first = {
    ...{ from: '"王某" <wang@example.com>', subject: '小区的路灯坏了半个月', messageId: '<one@wang>' },
    text: '晚上很黑，老人摔了一跤。',
  };
  const [one = ''] = await read(first);
  expect(await read(first)).to.deep.equal([]);
  await read({ from: 'html@example.com', subject: '网页写的信', html: '<p>第一段</p><p>第二段</p>' });
  await read({ from: 'fire@example.com', subject: '急', text: '楼下着火了', messageId: '<fire@x>' });
  await read({
    ...{ from: 'li@example.com', subject: '路面塌陷', text: '门口塌了一块。', messageId: '<files@li>' },
    attachments: [
      { filename: '现场.jpg', content: await photoWithPlace() },
      { filename: '图.svg', content: vector },
      { filename: '物业通知.docx', content: await letter() },
    ],
  });
  await walked(day, one, ...toUnit());
  // The connection breaks after the sheet is opened and before the letter is marked.
  box.add(
    await createNodemailerMail({
      from: 'b@example.com',
      subject: '断开',
      text: '断开',
      messageId: '<cut@x>',
    }),
  );
  box.breakAt = 'STORE';
  expect(await readIn(day, box)).to.be.a('string');
  expect(await readIn(day, box)).to.equal(undefined);
  expect(await readIn(day, box, 'falsch')).to.be.a('string');
  for (const odd of await oddLetters()) box.add(odd);
  box.uidValidity += 1;
  await read({ from: 'd@example.com', subject: '重编', text: '重编', messageId: '<val@x>' });
}

async function byMachines(day: Day, { box, read }: Letters): Promise<void> {
  for (const [index, header] of [
    'Auto-Submitted: auto-replied',
    'Return-Path: <>',
    'List-Id: <n.x>',
  ].entries()) {
    box.add(`From: a@example.com\r\nSubject: x\r\nMessage-ID: <m${index}@x>\r\n${header}\r\n\r\n正文\r\n`);
  }
  expect(await read()).to.deep.equal([]);
  const [one = 0, other = 0] = await asideOf(day, mayors);
  await day.call('dismissPutAside', { params: { id: one }, body: { why: 'not-a-request' } });
  await day.call('registerPutAside', {
    params: { id: other },
    body: { kind: 'help', title: '路灯', content: '路灯坏了', callerContact: 'a@example.com' },
  });
}

const mayors = { id: 0, name: '市长信箱邮箱', address: '', secret: '' };

async function answersToOurs(day: Day, { read }: Letters, outside: Outside): Promise<void> {
  const [no = ''] = await read({
    ...{ from: 'zhao@example.com', subject: '噪音', text: '工地夜里施工', messageId: '<first@zhao>' },
  });
  await day.work();
  const ours =
    outside.mails.find(({ subject }) => subject?.includes(no))?.messageId ?? expect.fail('not told');
  const reply = {
    ...{ from: '赵某 <Zhao@Example.com>', subject: '回复：您的诉求已受理', inReplyTo: ours },
    ...{ text: '昨晚又到两点。', messageId: '<reply@zhao>' },
    attachments: [{ filename: '夜里.jpg', content: await photo(300, 200) }],
  };
  expect(await read(reply)).to.deep.equal([]);
  expect(await read(reply)).to.deep.equal([]);
  const more = { from: 'zhao@example.com', subject: `关于 ${no}` };
  await read({ ...more, text: '工地上有人摔下来，昏迷了', messageId: '<danger@zhao>' });
  await walked(day, no, { conduct: 'orderly' });
  await read({ from: 'other@example.com', subject: 'Re: 工单', text: '我也受影响', inReplyTo: ours });
  // More than a caller may add in a day: set aside for a person.
  await read(...[1, 2, 3, 4].map((at) => ({ ...more, text: `第 ${at} 句`, messageId: `<more${at}@zhao>` })));
  const aside = await asideOf(day, mayors);
  await day.call('dismissPutAside', { params: { id: aside.at(-1) ?? 0 }, body: { why: 'repeated' } });
  await walked(day, no, { wayOut: 'on-the-spot' }, { answerSummary: '夜间施工已经停止' });
  const [next = ''] = await read({ ...more, text: '昨晚又施工', inReplyTo: ours, messageId: '<again@zhao>' });
  await walked(day, next, ...toUnit(), ...replied(), ...closed());
  await day.work();
}

/** A program with a public address attaches the caller's receipt. */
async function withReceipt(day: Day, { read }: Letters, outside: Outside): Promise<void> {
  const { system } = day.served;
  const [no = ''] = await read({
    ...{ from: 'sun@example.com', subject: '停水', text: '停水三天了', messageId: '<first@sun>' },
  });
  const ours = [
    composingJob({ ...system, publicUrl }),
    messageSender({ ...system, receiptFor: mailedReceipts(system, publicUrl) }).job,
  ];
  const runner = createJobRunner({
    ...system,
    jobs: [...system.jobs.filter(({ name }) => ours.every((job) => job.name !== name)), ...ours],
    onError: (error) => expect.fail(String(error)),
  });
  await runner.runDue();
  await walked(day, no, ...onTheSpot('今晚供水'));
  for (const _ of [1, 2, 3]) await runner.runDue();
  await day.work();
  const answered = outside.mails.find(({ text }) => text?.includes('今晚供水'));
  expect(answered?.attachments.map(({ filename }) => filename)).to.deep.equal(['12345-receipt.cbor']);
  const receipt = answered?.attachments[0]?.content.toString('base64url');
  await day.call('checkReceipt', { body: { receipt, no, words: '停水三天了' } });
}

/** Their address does not exist: one of our letters is refused, and another bounces to the mailbox. */
async function bounced(day: Day, { box, read }: Letters, outside: Outside): Promise<void> {
  const [refused = '', back = ''] = await read(
    { from: 'nobody@example.com', subject: '路灯', text: '路灯不亮', messageId: '<first@nobody>' },
    { from: 'full@example.com', subject: '井盖', text: '井盖没了', messageId: '<first@full>' },
  );
  outside.refuse = true;
  await day.work();
  await attempted(day, refused, 12);
  expect((await told(day, refused)).map(({ state }) => state)).to.deep.equal(['not-told']);
  outside.refuse = false;
  await attempted(day, back, 2);
  await day.work();
  const ours =
    outside.mails.find(({ subject }) => subject?.includes(back))?.messageId ?? expect.fail('not told');
  box.add(
    `From: MAILER-DAEMON@example.com\r\nSubject: Undelivered Mail\r\nMessage-ID: <bounce@x>\r\n` +
      `In-Reply-To: ${ours}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n` +
      '--b\r\nContent-Type: text/plain\r\n\r\nmailbox full\r\n--b--\r\n',
  );
  expect(await read()).to.deep.equal([]);
  const aside = await asideOf(day, mayors);
  await day.call('dismissPutAside', { params: { id: aside.at(-1) ?? 0 }, body: { why: 'not-a-request' } });
  box.add(
    `From: MAILER-DAEMON@example.com\r\nSubject: Undelivered Mail\r\nMessage-ID: <report@x>\r\n` +
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n' +
      '--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n' +
      'Final-Recipient: rfc822; full@example.com\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n' +
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${ours}\r\n\r\n--b--\r\n`,
  );
  expect(await read()).to.deep.equal([]);
  expect((await told(day, back)).at(-1)).to.include({ state: 'not-told' });
  await walked(day, refused, ...onTheSpot('修好了'));
}
