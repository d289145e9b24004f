/** Keys are replaced, the vault's and the log's, and expired data are erased. */
import { expect } from 'chai';
import { rotate, sequence, signCheckpoint } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { rotateVault, runRetention, sweepExports } from '../../src/cases/index.js';
import { parseLine } from '../../src/cases/replay/message.js';
import { simulate } from '../../src/cases/replay/simulate.js';
import { createVault, keepCurrentKey, newKeyRing } from '../../src/identity/index.js';
import { vaultTables } from '../../src/main.js';
import { accept, waterCut } from '../http/serving.js';
import { photo } from '../support/sample-files.js';
import type { Day } from './day.js';

const days = 86_400_000;

export async function keeping(day: Day): Promise<void> {
  await vaultKey(day);
  await logKey(day);
  await takenOver(day);
  await shorter(day, 'keepCallers', 'P3M');
  await shorter(day, 'keepInboxes', 'P6M');
  expect(await erasing(day)).to.include.keys('callers', 'texts');
  const no = await answeredAtOnce(day);
  day.later(200 * days);
  await day.work();
  const due = await erasing(day);
  expect(due).to.include.keys('callers', 'attachments', 'inboxes', 'requests', 'sessions');
  await afterwards(day, no);
}

/** A case of the day that ends at once, with data of limited retention. */
async function answeredAtOnce(day: Day): Promise<string> {
  const as = await day.person({ login: 'acc-jiexian', roles: ['intake'] });
  const answers = { conduct: 'orderly', wayOut: 'on-the-spot', answerSummary: '抢修中' };
  const headers = { 'idempotency-key': 'acc-kept' };
  const taken = await day.call('acceptRequest', { as, headers, body: { ...waterCut, answers } });
  const { no } = (taken as { sheet: { no: string } }).sheet;
  await day.call('addAttachment', {
    ...{ as, params: { no }, query: { shows: 'matter' } },
    ...{ headers: { 'x-file-name': encodeURIComponent('门口.jpg') }, body: await photo(200, 100) },
  });
  await day.call('revealCaller', { as, params: { no }, body: { purpose: 'reply', reason: '回电话' } });
  return no;
}

/** Work on the case continues after its caller is erased. */
async function afterwards(day: Day, no: string): Promise<void> {
  const as = await day.person({ login: 'acc-jiexian', roles: ['intake'] });
  await day.call('readWorkOrder', { as, params: { no } });
  const body = { basedOn: 0, reason: '写错了', title: '小区停水没有通知' };
  await day.call('correctWorkOrder', { as, params: { no }, body });
  const auditor = await day.person({ login: 'acc-shenji', roles: ['auditor'] });
  const order = { no, format: 'bundle', purpose: '年度审计' };
  await day.call('orderTrailExport', { as: auditor, body: order });
  await day.work();
}

/** Adds a new key, re-encrypts everything, and continues with programs that read both. */
async function vaultKey(day: Day): Promise<void> {
  const { system } = day.served;
  Object.assign(system.ring.keys, { k2: newKeyRing().keys['k1'] });
  await day.restart();
  const vault = createVault({ ...system.ring, current: 'k2' });
  const renewed = await rotateVault({ database: system.database, vault, tables: vaultTables });
  expect(renewed.flatMap(({ damaged }) => damaged)).to.deep.equal([]);
  await keepCurrentKey(system.database, vault);
  await accept(day.served.url);
  await day.work();
}

/** Rotates to another key and back, because the programs of this day keep the original one. */
async function logKey(day: Day): Promise<void> {
  const { system } = day.served;
  const signer = await system.signer();
  const next = ed25519Signer(signer.name, Buffer.alloc(32, 8));
  await rotate(system, signer, next);
  await sequence(system.database);
  await signCheckpoint({ ...system, signer: { ...signer, ...next } });
  await rotate(system, next, signer);
  await day.work();
}

/** Cases of an old system, long ended. */
async function takenOver(day: Day): Promise<void> {
  const cases = ['帐号篇旧-1', '帐号篇旧-2'].map((no) => {
    const line = {
      ...{ no, citizen: '欧阳来电', title: '停水', text: '小区停水，没有通知。', reply: '已恢复供水。' },
      receivedAt: '2019-03-04T09:00:00+08:00',
      repliedAt: '2019-03-06T09:00:00+08:00',
    };
    const parsed = parseLine(Buffer.from(JSON.stringify(line)));
    if (!parsed.ok) throw new Error(parsed.reason);
    return { message: parsed.message, key: no };
  });
  await simulate(day.served.system, cases);
  await day.work();
}

/** Decides that a class is kept for a shorter time. */
async function shorter(day: Day, key: string, value: string): Promise<void> {
  const [editor, approver] = [
    await day.person({ login: 'acc-bianji', roles: ['compliance-editor'] }),
    await day.person({ login: 'acc-pizhun', roles: ['compliance-approver'] }),
  ];
  const effectiveOn = new Date(day.served.system.clock.now().getTime() + 2 * days).toISOString().slice(0, 10);
  const body = { value, effectiveOn, reason: '不必留得更久' };
  const { id } = (await day.call('proposePolicy', { as: editor, params: { key }, body })) as { id: number };
  const ruling = { decision: 'approve', reason: '同意' };
  await day.call('rulePolicy', { as: approver, params: { id }, body: ruling });
}

/** Erases on a person's order and by the nightly jobs. @returns the number erased per class, if any */
async function erasing(day: Day): Promise<Readonly<Record<string, number>>> {
  const { system } = day.served;
  const erased = await runRetention(system, '帐号篇管理员');
  for (const name of ['retention.daily', 'attachment.sweep']) await nightly(day, name);
  await sweepExports(system);
  await day.call('readRetention');
  expect(await day.findings()).to.deep.equal([]);
  return Object.fromEntries(erased.flatMap(({ one, count }) => (count > 0 ? [[one.key, count]] : [])));
}

/** Runs a nightly job and leaves none waiting: the next night of the day's clock is long past for the queue. */
async function nightly(day: Day, name: string): Promise<void> {
  const { database, jobs } = day.served.system;
  const job = jobs.find((one) => one.name === name);
  await job?.work({}, { attempt: 1, signal: new AbortController().signal });
  await database.pool.query(
    `DELETE FROM hotline_jobs._private_jobs j USING hotline_jobs._private_tasks t
      WHERE t.id = j.task_id AND t.identifier = $1`,
    [name],
  );
}
