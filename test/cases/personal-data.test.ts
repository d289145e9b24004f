/** Searches every table for data of callers, after everything that can happen to a sheet. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import pg from 'pg';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { eraseCaller, rotateVault } from '../../src/cases/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { assemble, vaultTables } from '../../src/main.js';
import { addChannel } from '../../src/channel/notification/index.js';
import { verifyBundle } from '../../verifier/verify.mjs';
import {
  answered,
  completeOnly,
  post,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { refusalFrom } from '../support/refusal.js';
import { asSuperuser } from '../support/tamper.js';

const caller = {
  callerName: '欧阳来电',
  callerContact: '13912345678',
  callerAddress: '历下区泉城路九九八号二单元',
};
const accused = '被诉某甲';

/** The value itself, and every form in which it may appear in a row's text. */
const dresses = (value: string): readonly string[] => {
  const bytes = Buffer.from(value, 'utf8');
  const sha = createHash('sha256').update(bytes);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
    sha.digest('hex'),
  ];
};

/** Where the value is found: every row of every table, as text; binary columns as hexadecimal. */
async function placesOf(url: string, values: readonly string[]): Promise<string[]> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    let rowsRead = 0;
    for (const { name } of tables) {
      const { rows } = await owner.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      rowsRead += rows.length;
      for (const { text } of rows) {
        for (const value of values) {
          if (dresses(value).some((dress) => text.includes(dress))) found.push(`${name}: ${value}`);
        }
      }
    }
    expect(rowsRead, 'something was read at all').to.be.greaterThan(20);
    return found;
  } finally {
    await owner.end();
  }
}

/** Does everything that is needed until the sheet is closed. */
async function closed(url: string, order: WorkOrderView): Promise<WorkOrderView> {
  let now = order;
  for (let act = 0; now.state === 'open' && now.tasks.length > 0 && act < 30; act += 1) {
    now = await completeOnly(url, now, {}, `经办人${act}`);
  }
  return now;
}

describe('来电人的资料在数据库里', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const system = () => served().system;
  const accept = async (
    more: object = {},
    headers: { [name: string]: string } = {},
  ): Promise<WorkOrderView> =>
    answered(
      'acceptRequest',
      await post(served().url, '/api/work-orders', { ...waterCut, ...caller, ...more }, headers),
    ) as WorkOrderView;

  it('第十条、第三十二条：受理、转办、答复、办结以后，哪一张表里都没有明文', async () => {
    const { url } = served();
    const accepted = await accept(
      { accusedPersons: accused, kind: 'complaint' },
      { 'Idempotency-Key': 'caller-1' },
    );
    const registered = await completeOnly(url, accepted, {
      conduct: 'orderly',
      confidential: false,
      accusedUnit: '市城管局',
    });
    const decided = await completeOnly(url, registered, { wayOut: 'dispatch' });
    const handed = await completeOnly(url, decided, { unit: '某水务局' });
    const handler = await served().people.doing('unit', '某水务局经办人', '某水务局');
    const reveal = { purpose: 'reply', reason: `与${caller.callerName}约定上门` };
    answered(
      'revealCaller',
      await post(url, `/api/work-orders/${handed.sheet.no}/caller/reveal`, reveal, {}, handler),
    );
    const ended = await closed(url, handed);
    expect(ended.state).to.equal('ended');
    expect(ended.trail.length).to.be.greaterThan(8);
    const secrets = [...Object.values(caller), accused];
    expect(await placesOf(system().database.url, secrets), 'with jobs waiting').to.deep.equal([]);
    const announcing = system().jobs.filter(({ name }) => name === 'notification.announce');
    await createJobRunner({
      ...system(),
      jobs: announcing,
      onError: (error) => expect.fail(String(error)),
    }).runDue();
    expect(await placesOf(system().database.url, secrets), 'with people told').to.deep.equal([]);
    expect(await placesOf(system().database.url, [waterCut.title]), 'the search does find').not.to.deep.equal(
      [],
    );
  });

  it('第二十五条：同一来电人的工单以密钥化的值找到，号码怎样写都行', async () => {
    const { no } = (await accept({ callerContact: '+86 137 0000 4321' })).sheet;
    const ask = async (contact: string) =>
      answered(
        'suggestIntake',
        await post(served().url, '/api/intake/suggestions', { title: '停水', contact }),
      ) as { sameCaller: { no: string }[] };
    expect((await ask('137-0000-4321')).sameCaller.map((one) => one.no)).to.deep.equal([no]);
    expect((await ask('13700004322')).sameCaller).to.deep.equal([]);
  });

  it('把一张工单的密文换到另一张上，打不开，也读不到别人的', async () => {
    const [one, other] = [await accept(), await accept({ callerContact: '13500000000' })];
    await system().database.pool.query(
      `UPDATE hotline.caller SET contact = (SELECT contact FROM hotline.caller WHERE work_order = $1)
        WHERE work_order = $2`,
      [one.sheet.no, other.sheet.no],
    );
    const reply = await send(served().url, `/api/work-orders/${other.sheet.no}`);
    expect(reply.status).to.equal(500);
    expect(reply.text).to.include('vault.locked').and.not.to.include('5678');
  });

  it('有密钥的人换了号码：与受理时轨迹里的摘要不符，不给看', async () => {
    const { no } = (await accept()).sheet;
    const { keepValue } = await import('../../src/sheet/index.js');
    await system().database.pool.query('UPDATE hotline.caller SET contact = $2 WHERE work_order = $1', [
      no,
      keepValue(system().vault, no, 'contact', '13600000000').box,
    ]);
    const reply = await post(served().url, `/api/work-orders/${no}/caller/reveal`, {
      purpose: 'follow-up',
      reason: '回访',
    });
    expect(reply.status).to.equal(500);
    expect(reply.text).to.include('caller.altered').and.not.to.include('13600000000');
    // Without the digest in the entry nothing would prove the number.
    await asSuperuser(system().database.url, [
      `UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '"sealed":', '"sealet":'), 'UTF8')
        WHERE stream = $1 AND seq = 1`,
      no,
    ]);
    const again = await post(served().url, `/api/work-orders/${no}/caller/reveal`, {
      purpose: 'follow-up',
      reason: '回访',
    });
    expect(again.text).to.include('caller.altered').and.not.to.include('13600000000');
  });

  it('删除以后什么都找不回来，审计包照样成立', async () => {
    const { no } = (await accept()).sheet;
    const { fields } = await eraseCaller(system(), { no, reason: '保存期满', actor: '安全管理员' });
    expect(fields).to.deep.equal(['name', 'contact', 'address']);
    const { rows } = await system().database.pool.query<object>(
      'SELECT name, contact, address, contact_match FROM hotline.caller WHERE work_order = $1',
      [no],
    );
    expect(rows).to.deep.equal([{ name: null, contact: null, address: null, contact_match: null }]);
    const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
    const bytes = await exportedBundle(system(), signer, { no, requester: '审计员', purpose: '年度审计' });
    expect(verifyBundle(bytes).findings).to.deep.equal([]);
    const order = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    expect(order.sheet).to.include({ callerName: null, callerContact: null, callerErased: true });
    expect(order.chain.holds).to.equal(true);
    expect(order.trail.at(-1)).to.include({ type: 'caller.erased', title: '删除来电人资料' });
    const again = await refusalFrom(eraseCaller(system(), { no, reason: '再删', actor: '安全管理员' }));
    expect(again?.code).to.equal('caller.none');
  });

  it('换密钥：中断后接着做，换过的不再动，撤去旧密钥以后都打得开', async () => {
    await addChannel(
      { ...system(), outgoing: { privateAddresses: true } },
      { recipient: 'role:intake', kind: 'webhook', address: 'http://127.0.0.1:9/', actor: '管理员' },
    );
    const { no } = (await accept()).sheet;
    const corrected = (await accept()).sheet.no;
    const correction = { basedOn: 0, reason: '听错了', callerName: '欧阳更正' };
    await post(served().url, `/api/work-orders/${corrected}/corrections`, correction);
    const { ring } = system();
    const newer = { ...ring, current: 'k2', keys: { ...ring.keys, k2: newKeyRing().keys['k1'] ?? '' } };
    const vault = createVault(newer);
    const renewed = await rotateVault({ database: system().database, vault, tables: vaultTables });
    const rows = Object.fromEntries(renewed.map((one) => [one.title, one.rows]));
    expect(rows['来电人']).to.be.greaterThan(3);
    expect(rows['更正前的来电人资料']).to.equal(1);
    expect(rows['轨迹封存的文字']).to.be.greaterThan(3);
    expect(rows['通知渠道的密钥']).to.equal(1);
    expect(renewed.flatMap(({ damaged }) => damaged)).to.have.length(1, '前面换错了的那一条，留着不动');
    const again = await rotateVault({ database: system().database, vault, tables: vaultTables });
    expect(again.map((one) => one.rows)).to.deep.equal(again.map(() => 0));
    const without = createVault({ ...newer, matching: 'k2', keys: { k2: newer.keys['k2'] ?? '' } });
    const parts = assemble(system().database, system().clock, without, system());
    const sheet = await system().database.transaction((transaction) => parts.sheets.find(transaction, no));
    expect(sheet).to.include(caller);
    const before = await system().database.transaction((transaction) =>
      parts.sheets.callerBefore(transaction, corrected),
    );
    expect(before.map(({ field, value }) => [field, value])).to.deep.equal([['name', caller.callerName]]);
  });
});
