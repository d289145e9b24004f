/** Expired data are erased class by class; every proof remains valid. */
import { expect } from 'chai';
import { before } from 'mocha';
import { sequence, verifyTrail } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import {
  dailyRetention,
  dataClasses,
  expired,
  proposePolicy,
  rulePolicy,
  runRetention,
  scheduleRetention,
} from '../../src/cases/index.js';
import { parseLine } from '../../src/cases/replay/message.js';
import { simulate } from '../../src/cases/replay/simulate.js';
import { retentionView } from '../../src/http/views/index.js';
import { seal } from '../../src/kernel/index.js';
import { verifyBundle } from '../../verifier/verify.mjs';
import { exportedBundle } from '../support/exported-bundle.js';
import { refusalFrom } from '../support/refusal.js';
import { useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';
import { somebody } from '../support/people.js';

const signer = {
  ...ed25519Signer('test.example/trail', Buffer.alloc(32, 7)),
  second: sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9)),
};

/** Received and answered in a year; closed within weeks. */
const message = (no: string, year: number) => {
  const parsed = parseLine(
    Buffer.from(
      JSON.stringify({
        no,
        citizen: '欧阳来电',
        title: '停水',
        text: '小区停水，没有通知。',
        receivedAt: `${year}-03-04T09:00:00+08:00`,
        repliedAt: `${year}-03-06T09:00:00+08:00`,
        reply: '已恢复供水。',
      }),
    ),
  );
  if (!parsed.ok) throw new Error(parsed.reason);
  return { message: parsed.message, key: no };
};

describe('保存期限：到期的清除，轨迹的证明照样成立（第十条）', () => {
  const system = useSystem({ at: '2021-01-04T10:00:00+08:00' });
  const rows = async (sql: string): Promise<number> => {
    const [row] = await system().database.transaction((transaction) =>
      transaction.query<{ count: number }>(`SELECT count(*) AS count FROM hotline.${sql}`),
    );
    return row?.count ?? 0;
  };
  const run = async (): Promise<Record<string, number>> =>
    Object.fromEntries((await runRetention(system(), '管理员甲')).map(({ one, count }) => [one.key, count]));
  const entries = async (stream: string) =>
    (
      await system().database.transaction((transaction) => plainTrails(system().trail, transaction, [stream]))
    ).get(stream) ?? [];

  before(async () => {
    await simulate(system(), [message('旧-1', 2019), message('旧-2', 2019), message('新-1', 2025)]);
    const { database, trail } = system();
    const at = new Date('2019-05-06T10:00:00+08:00');
    await database.transaction(async (transaction) => {
      const sealed = [seal('reason', '核对门牌')];
      await trail.append(transaction, [
        {
          stream: 'reads:甲:2019-05-06',
          type: 'caller.revealed',
          at,
          body: { actor: '甲', case: '旧-1', fields: ['name'], purpose: 'reply', provisions: ['art10'] },
          sealed,
        },
        {
          stream: 'refusals',
          type: 'access.refused',
          at: new Date('2025-11-01'),
          body: {
            address: '127.0.0.1',
            operation: 'readCaller',
            of: '',
            code: 'access.denied',
            minute: '2025-11-01T00:00:00.000Z',
            count: 1,
          },
          sealed,
        },
      ]);
      await transaction.query(
        `INSERT INTO hotline.personal_data_read (stream, seq, at, reader, work_order, purpose, fields)
         VALUES ('reads:甲:2019-05-06', 1, $1, '甲', '旧-1', 'reply', '{name}')`,
        [at],
      );
      for (const no of ['旧-2', '新-1'])
        await transaction.query(
          `INSERT INTO hotline.attachment (id, work_order, shows, kind, media_type, name, key, added_at,
             received_sha256, received_bytes, kept_sha256, kept_bytes)
           VALUES ($1, $1, 'after', 'document', 'text/plain', 'x', 'x', $2, 'x', 1, 'x', 1)`,
          [no, at],
        );
      for (const recorded of [at, new Date('2025-11-01')])
        await transaction.query(
          `INSERT INTO hotline.notification (stream, seq, element, recipient, title, text, at, recorded_at)
           VALUES ('旧-1', 1, $1, 'role:intake', '提醒', '提醒', $2, $2)`,
          [recorded.toISOString(), recorded],
        );
      await transaction.query(
        `INSERT INTO hotline.idempotency_key (key, request, work_order) VALUES ('k1', 'x', '旧-1'), ('k2', 'x', '新-1')`,
      );
      await transaction.query(
        `INSERT INTO hotline.sign_in_failure (subject, count, since) VALUES ('甲', 1, $1), ('乙', 1, $2)`,
        [at, new Date('2025-11-01')],
      );
    });
    await sequence(database);
  });

  it('每一类都写明由哪项政策决定，都有最长最短和来源', () => {
    for (const { policy, label } of dataClasses) {
      const definition = system().policies.catalogue.named(policy);
      expect(definition, label).to.include({ kind: 'length', unit: 'months' });
      expect(definition.source, label).to.match(/《.+法》/);
    }
  });

  it('没有到期的不动；清除一次就有一条记录，什么也没有清除的也有', async () => {
    const before = await rows('sealed_value');
    system().clock.moveTo(new Date('2021-12-31T10:00:00+08:00'));
    expect(await run()).to.deep.equal({
      callers: 0,
      attachments: 0,
      texts: 0,
      reasons: 0,
      reads: 0,
      inboxes: 1,
      requests: 1,
      sessions: 1,
      jobs: 0,
    });
    expect(await rows('sealed_value')).to.equal(before);
    expect((await entries('retention')).at(-1)).to.deep.include({ type: 'retention.ran' });
  });

  it('先数后清，数目相同；清了旧的，留着新的；工单和 retention 链都记下依据', async () => {
    system().clock.moveTo(new Date('2026-03-02T10:00:00+08:00'));
    const due = Object.fromEntries((await expired(system())).map(({ one, count }) => [one.key, count]));
    expect(due).to.include({ callers: 2, attachments: 1, texts: 2, reasons: 1, reads: 1, inboxes: 0 });
    expect(await run()).to.deep.equal(due);
    const files = (await entries('旧-2')).find(({ type }) => type === 'attachments.erased');
    expect(files?.body).to.deep.include({ attachments: ['旧-2'], policy: 'keepCallers', keep: 'P36M' });
    expect(await rows('attachment WHERE key IS NOT NULL')).to.equal(1);
    expect(await rows("attachment_leftover WHERE id = '旧-2'")).to.equal(1);
    expect(await rows('caller WHERE name IS NOT NULL')).to.equal(1);
    expect(await rows("sealed_value WHERE stream LIKE '旧-%'")).to.equal(0);
    expect(await rows("sealed_value WHERE stream = '新-1'")).to.be.at.least(1);
    expect(await rows("sealed_value WHERE stream = 'refusals'")).to.equal(1);
    expect(await rows('personal_data_read')).to.equal(0);
    const ofCase = (await entries('旧-1')).slice(-2).map(({ type, body }) => ({ type, ...body }));
    expect(ofCase[0]).to.include({ type: 'caller.erased', policy: 'keepCallers', keep: 'P36M' });
    expect(ofCase[1]).to.include({ type: 'texts.erased', policy: 'keepTexts', keep: 'P60M' });
    const erased = (await entries('retention')).map(({ body }) => body).filter((body) => 'rows' in body);
    expect(erased.find((body) => body.class === 'reads')).to.include({
      rows: 1,
      actor: '管理员甲',
      keep: 'P60M',
    });
    const { last, classes } = await retentionView(system());
    expect(last).to.include({ actor: '管理员甲' });
    expect(classes.find(({ key }) => key === 'callers')).to.include({
      lastErased: 2,
      meaning: '36 个月',
      before: '2023-03-02',
    });
  });

  it('清除以后：导出的审计包（连国密）核得过，数据库里的轨迹也全部成立', async () => {
    const order = { no: '旧-1', requester: '审计员甲', purpose: '年度审计' };
    const { findings, facts } = verifyBundle(await exportedBundle(system(), signer, order));
    expect(findings).to.deep.equal([]);
    expect(facts.join()).to.include('国密：SM2 签名');
    // The only finding is the file that this test inserted without an entry.
    const { findings: found } = await verifyTrail(system());
    expect(found.map(({ row }) => row)).to.deep.equal([{ table: 'attachment', row: '新-1' }]);
  });

  it('再清一次什么也没有；只多一条记录', async () => {
    const count = (await entries('retention')).length;
    expect(Object.values(await run()).every((erased) => erased === 0)).to.equal(true);
    expect(await entries('retention')).to.have.length(count + 1);
  });

  it('期限经批准才能改，短于法定最低的提不出来（《个人信息保护法》第五十六条、《网络安全法》第二十一条）', async () => {
    const propose = (key: string, value: string) =>
      proposePolicy(
        system(),
        {
          key,
          value,
          effectiveOn: '2026-03-10',
          reason: '少留',
          document: null,
        },
        somebody('甲'),
      );
    for (const [key, value] of [
      ['keepTexts', 'P35M'],
      ['keepRecords', 'P12M'],
      ['keepInboxes', 'P5M'],
      ['keepLogs', 'P5M'],
    ] as const)
      expect(await refusalFrom(propose(key, value)), key).to.include({ code: 'policy.invalid' });
    const { id } = await propose('keepCallers', 'P6M');
    await rulePolicy(system(), id, { decision: 'approve', reason: '同意' }, somebody('乙'));
    expect(await run(), 'not in force yet').to.include({ callers: 0 });
    system().clock.moveTo(new Date('2026-03-10T10:00:00+08:00'));
    expect(await run()).to.include({ callers: 1 });
    expect((await entries('新-1')).at(-1)?.body).to.include({ policy: 'keepCallers', keep: 'P6M' });
  });

  it('每天零点由任务队列来做；启动时一天没做过的马上做', async () => {
    const job = dailyRetention(system());
    const next = async () => {
      const [row] = await system().database.transaction((transaction) =>
        transaction.query<{ at: Date }>(
          `SELECT j.run_at AS at FROM hotline_jobs._private_jobs j
             JOIN hotline_jobs._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'retention.daily'`,
        ),
      );
      return row?.at.toISOString();
    };
    await job.work({}, { attempt: 1, signal: new AbortController().signal });
    expect(await next()).to.equal(new Date('2026-03-11T00:00:00+08:00').toISOString());
    expect((await entries('retention')).at(-1)?.body).to.include({ actor: '系统（每日）' });
    const later = new Date('2026-03-12T08:00:00+08:00');
    system().clock.moveTo(later);
    await scheduleRetention(system());
    expect(await next()).to.equal(later.toISOString());
  });
});
