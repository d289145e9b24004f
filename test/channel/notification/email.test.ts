/** E-mail through a real SMTP server of the test's own. */
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createVault, newKeyRing } from '../../../src/identity/index.js';
import { after, before, beforeEach } from 'mocha';
import { SMTPServer } from 'smtp-server';
import { outgoingSettings } from '../../../src/channel/outbox/index.js';
import { sendEmail } from '../../../src/channel/outbox/mail.js';
import { messageOf } from '../../../src/channel/notification/message.js';

const message = messageOf({
  id: 41,
  workOrder: '20260302-000001',
  draft: null,
  amendment: null,
  byCaller: false,
  emergency: false,
  recipient: 'role:supervisor',
  level: 'red',
  title: '红牌：已超出办理时限',
  text: '工单 20260302-000001 已给红牌，2026-03-10 00:00，转督办。',
  article: 'art28.p1.i1',
  at: new Date('2026-03-09T16:00:00Z'),
  recordedAt: new Date('2026-03-09T16:00:01Z'),
  readAt: null,
  readBy: null,
});

describe('邮件', () => {
  const received: { to: string[]; raw: string }[] = [];
  let refuse = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refuse ? Object.assign(new Error('没有这个人 someone@example.cn'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  const settings = () =>
    outgoingSettings({
      HOTLINE_SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
      HOTLINE_SMTP_FROM: 'hotline@example.gov.cn',
    });
  const vault = createVault(newKeyRing());
  const send = () => sendEmail({ outgoing: settings(), vault }, 'duban@example.gov.cn', message, 5000);

  before(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  after(() => new Promise<void>((resolve) => server.close(resolve)));
  beforeEach(() => {
    received.length = 0;
    refuse = false;
  });

  it('寄到收件人，标题和正文是通知的，重寄时编号不变', async () => {
    await send();
    await send();
    const [first, second] = received;
    expect(first?.to).to.deep.equal(['duban@example.gov.cn']);
    const header = (raw: string, name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(raw)?.[1];
    const id = header(first?.raw ?? '', 'Message-ID');
    expect(id).to.match(/^<ntf_41\.[0-9a-f]{20}@example\.gov\.cn>$/);
    expect(header(second?.raw ?? '', 'Message-ID')).to.equal(id);
    const body = first?.raw.split('\r\n\r\n').at(-1) ?? '';
    const decoded = /base64/i.test(first?.raw ?? '')
      ? Buffer.from(body, 'base64').toString('utf8')
      : unquoted(body);
    expect(decoded).to.include('已给红牌，2026-03-10 00:00');
  });

  it('邮件服务器不收，错误是一句中文，不带地址', async () => {
    refuse = true;
    const failure = await send().catch((error: Error) => error.message);
    expect(failure).to.equal('邮件服务器不接受收件人或发件人（EENVELOPE，答复 550）');
  });

  it('没有设邮件服务器、设得不对，都说得明白', async () => {
    const failure = await sendEmail(
      { outgoing: { privateAddresses: false }, vault },
      'a@example.cn',
      message,
      5000,
    ).catch((error: Error) => error.message);
    expect(failure).to.match(/^没有设置邮件服务器/);
    expect(() => outgoingSettings({ HOTLINE_SMTP_URL: 'http://u:pass@x' }))
      .to.throw(/不是有效的邮件服务器/)
      .with.property('code', 'usage.invalid');
    expect(() => outgoingSettings({ HOTLINE_SMTP_URL: 'smtp://x', HOTLINE_SMTP_FROM: '热线' })).to.throw(
      /HOTLINE_SMTP_FROM/,
    );
  });
});

const unquoted = (text: string): string =>
  Buffer.from(
    text
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
