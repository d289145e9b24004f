/**
 * A program is killed, at one statement after another, while it takes in a mail, writes to a caller
 * or returns a result: the next program finishes, and nothing is lost or doubled.
 */
import { dirname } from 'node:path';
import { expect } from 'chai';
import { listAttachments, receivingWhole } from '../../src/cases/index.js';
import { readMailbox } from '../../src/channel/mailbox/read-mailbox.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { createNodemailerMail } from '../channel/mails.js';
import { answered, completeOnly, post, send, useServer, type WorkOrderView } from '../http/serving.js';
import { useReceiver } from '../channel/notification/receiver.js';
import type { ChannelWork } from '../support/channel-program.js';
import { killedAt } from '../support/killed-at.js';
import { startImapServer, type ImapServer } from '../support/imap-server.js';

/** Exceeds the number of statements of each task. */
const most = 120;

describe('收信、告知来电人、回告上级热线时程序被 kill -9', () => {
  // The receiver is on this machine: allowed as an operator would.
  const allowing = 'HOTLINE_WEBHOOK_PRIVATE';
  const allowed = process.env[allowing];
  before(() => {
    process.env[allowing] = 'allow';
  });
  after(() => {
    if (allowed === undefined) delete process.env[allowing];
    else process.env[allowing] = allowed;
  });
  const served = useServer({ at: 'now' });
  const receiver = useReceiver();
  let server: ImapServer;
  before(async () => (server = await startImapServer()));
  after(() => server.close());

  const mailbox = () => ({
    ...{ host: '127.0.0.1', port: server.port, secure: false, local: true },
    ...{ user: 'mayor@example.gov.cn', password: 'geheim', folder: 'INBOX', doneFolder: undefined },
  });

  /** @returns whether it was killed; otherwise it ended normally */
  async function diesAt(step: number, work: ChannelWork['work']): Promise<boolean> {
    const { database, ring, aside } = served().system;
    const told: ChannelWork = { url: database.url, folder: dirname(aside), ring, step, work };
    const ended = await killedAt('channel-program.ts', JSON.stringify(told));
    expect(ended, `at statement ${step}`).to.be.oneOf(['SIGKILL', 0]);
    served().system.clock.moveTo(systemClock.now());
    return ended === 'SIGKILL';
  }

  /**
   * Tries one task after another, each killed some statements later, until one completes; every
   * statement would take a quarter of an hour. @returns how many were killed
   */
  async function everyStep(
    attempt: (step: number) => Promise<boolean>,
    { stride = 3 }: { readonly stride?: number } = {},
  ): Promise<number> {
    let killed = 0;
    for (let step = 1; step < most; step += stride) {
      if (!(await attempt(step))) return killed;
      killed += 1;
    }
    return expect.fail(`no end after ${most} statements`);
  }

  const worked = async (name: string, payload: JsonObject): Promise<void> => {
    const job = served().system.jobs.find((one) => one.name === name) ?? expect.fail(`no job ${name}`);
    await job.work(payload, { attempt: 2, signal: new AbortController().signal });
  };
  const read = async (no: string): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  const countOf = async (no: string, type: string): Promise<number> =>
    (await read(no)).trail.filter((entry) => entry.type === type).length;

  let sources = 0;
  const source = async (further: object = {}) => {
    sources += 1;
    const made = answered(
      'addChannelSource',
      await post(served().url, '/api/channel-sources', {
        ...{ name: `来源${sources}`, channel: 'app', proof: 'token' },
        mapping: {
          ...{ content: 'message.text', kind: '"help"', callerContact: 'message.from' },
          ...further,
        },
      }),
    ) as { readonly id: number; readonly address: string; readonly secret: string };
    answered(
      'setSourceOutgoing',
      await send(served().url, `/api/channel-sources/${made.id}/outgoing`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ address: receiver().url }),
      }),
    );
    return made;
  };
  const arrives = async (to: { address: string; secret: string }, message: object): Promise<string> => {
    const reply = await send(served().url, to.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-channel-token': to.secret },
      body: JSON.stringify({ from: '13800004321', ...message }),
    });
    return (answered('receiveChannelMessage', reply) as { workOrder: string }).workOrder;
  };
  /** Its outbox item, which exists exactly once. */
  const itemOf = async (kind: string, no: string) => {
    const { rows } = await served().system.database.pool.query<{ item: number }>(
      'SELECT id AS item FROM hotline.outbox WHERE kind = $1 AND sheet = $2',
      [kind, no],
    );
    expect(rows).to.have.length(1);
    return { item: rows[0]?.item ?? 0, recipient: no, occasion: '' };
  };
  /** Numbers of the messages that the receiver was sent about a sheet. */
  const idsSent = (no: string): readonly string[] =>
    receiver()
      .received.filter(({ body }) => (JSON.parse(body) as { subject: string }).subject === no)
      .map(({ headers }) => String(headers['webhook-id']));

  it('收信：每封恰好一张工单，附件一个，标为已读', async function () {
    this.timeout(900_000);
    const attempt = async (step: number): Promise<boolean> => {
      const subject = `路灯坏了 ${step}`;
      const uid = server.add(
        await createNodemailerMail({
          ...{ from: '"王某" <wang@example.com>', subject, text: '晚上很黑。' },
          messageId: `<killed-${step}@example.com>`,
          attachments: [{ filename: '说明.txt', content: '三号灯' }],
        }),
      );
      const killed = await diesAt(step, { mailbox: mailbox() });
      const { system } = served();
      const deps = { ...system, ...receivingWhole(system) };
      expect(await readMailbox(deps, mailbox(), new AbortController().signal)).to.equal(undefined);
      const { rows } = await system.database.pool.query<{ no: string }>(
        'SELECT no FROM hotline.work_order WHERE title = $1',
        [subject],
      );
      expect(rows, `sheets after ${step}`).to.have.length(1);
      const [{ no } = { no: '' }] = rows;
      const { items } = await listAttachments(system, { belongsTo: [], seesAll: true }, no);
      expect(
        items.map(({ name }) => name),
        `files after ${step}`,
      ).to.deep.equal(['说明.txt']);
      expect(await countOf(no, 'attachment.added'), `entries after ${step}`).to.equal(1);
      expect(server.mails.find((mail) => mail.uid === uid)?.flags.has('\\Seen')).to.equal(true);
      return killed;
    };
    // The steps of accepting and of adding a file are tried one by one elsewhere.
    expect(await everyStep(attempt, { stride: 5 })).to.be.greaterThan(4);
  });

  it('告知来电人：写一次，发出的都是同一编号，轨迹恰好一条', async function () {
    this.timeout(900_000);
    const to = await source();
    const composing = (no: string) => ({ workOrder: no, entry: 1, occasion: 'accepted' });
    const written = await everyStep(async (step) => {
      const no = await arrives(to, { text: `楼道灯不亮 ${step}` });
      const killed = await diesAt(step, { job: 'message.compose', payload: composing(no) });
      await worked('message.compose', composing(no));
      await itemOf('message.send', no);
      return killed;
    });
    expect(written).to.be.greaterThan(0);
    const sent = await everyStep(async (step) => {
      const no = await arrives(to, { text: `井盖坏了 ${step}` });
      await worked('message.compose', composing(no));
      const payload = await itemOf('message.send', no);
      const killed = await diesAt(step, { job: 'message.send', payload });
      await worked('message.send', payload);
      await worked('message.send', payload);
      expect(await countOf(no, 'caller.told'), `entries after ${step}`).to.equal(1);
      expect(new Set(idsSent(no)).size, `numbers after ${step}`).to.equal(1);
      expect(idsSent(no).length, `sent after ${step}`).to.be.within(1, 2);
      return killed;
    });
    expect(sent).to.be.greaterThan(1);
  });

  it('回告上级热线：发出的都是同一编号，轨迹恰好一条', async function () {
    this.timeout(900_000);
    const { url } = served();
    const to = await source({ externalNo: 'message.orderNo' });
    const killed = await everyStep(async (step) => {
      const no = await arrives(to, { text: `路面塌陷 ${step}`, orderNo: `S-${step}` });
      const registered = await completeOnly(url, await read(no), { conduct: 'orderly' });
      const chosen = await completeOnly(url, registered, { wayOut: 'on-the-spot' });
      expect((await completeOnly(url, chosen, { answerSummary: '已经补好。' })).state).to.equal('ended');
      const ended = { workOrder: no };
      await diesAt(step, { job: 'upstream.ended', payload: ended });
      await worked('upstream.ended', ended);
      const payload = await itemOf('upstream.hand-back', no);
      const wasKilled = await diesAt(step, { job: 'upstream.hand-back', payload });
      await worked('upstream.hand-back', payload);
      await worked('upstream.hand-back', payload);
      expect(await countOf(no, 'upstream.handed-back'), `entries after ${step}`).to.equal(1);
      expect(new Set(idsSent(no)).size, `numbers after ${step}`).to.equal(1);
      expect(idsSent(no).length, `sent after ${step}`).to.be.within(1, 2);
      return wasKilled;
    });
    expect(killed).to.be.greaterThan(1);
  });
});
