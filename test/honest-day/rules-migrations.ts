/** Running cases go on with another version of their process. */
import { expect } from 'chai';
import { complete, completeOnly, dispatched, type WorkOrderView } from '../http/serving.js';
import type { Day } from './day.js';
import { rolledBack } from './rules-drafts.js';
import { begin, callAs, enacted, onDraft, versionOf } from './rules-office.js';

interface Migration {
  readonly id: number;
  readonly state: string;
  readonly moved: number;
  readonly stayed: number;
}

const propose = async (day: Day, body: object): Promise<Migration> =>
  (await callAs(day, 'editor', 'proposeMigration', { body: { reason: '按新版办', ...body } })) as Migration;

async function carriedOut(day: Day, { id }: Migration): Promise<Migration> {
  const params = { id };
  await callAs(day, 'one', 'approveMigration', { params, body: { comment: '同意' } });
  await callAs(day, 'two', 'runMigration', { params });
  await day.work();
  return (await callAs(day, 'editor', 'readMigration', { params })) as Migration;
}

/** Withdrawn by the proposer, by another person, and after the approval. */
async function leftAlone(day: Day, body: object): Promise<void> {
  for (const who of ['editor', 'one'] as const) {
    const { id } = await propose(day, body);
    await callAs(day, who, 'withdrawMigration', { params: { id }, body: { reason: '不换了' } });
  }
  const { id } = await propose(day, body);
  await callAs(day, 'one', 'approveMigration', { params: { id }, body: { comment: '同意' } });
  await callAs(day, 'two', 'withdrawMigration', { params: { id }, body: { reason: '办完再说' } });
}

/** Migrates to the limit of four days, then to a diagram with a renamed task, then back to the first. */
export async function migrations(day: Day): Promise<void> {
  const { url } = day.served;
  const newest = await versionOf(day, 'handling');
  const waiting = await dispatched(url);
  const [receive] = waiting.tasks;
  const element = receive?.element ?? '';
  const signed = await completeOnly(url, await dispatched(url), { receipt: 'accept' }, '经办人');
  const key = 'handling';
  await leftAlone(day, { key, from: newest - 1, to: newest });
  const shorter = await carriedOut(day, await propose(day, { key, from: newest - 1, to: newest }));
  expect(shorter).to.include({ state: 'finished' });
  expect(shorter.moved).to.be.above(0);

  const begun = await begin(day, { key, title: '签收改名' });
  const source = begun.source.replaceAll(new RegExp(`\\b${element}\\b`, 'g'), `${element}_New`);
  await enacted(day, await onDraft(day, 'editor', 'saveDraft', begun, { basedOn: 1, source }));
  // Cases waiting at the removed task stay behind; the mapping migrates them.
  const unmapped = await carriedOut(day, await propose(day, { key, from: newest, to: newest + 1 }));
  expect(unmapped.moved).to.be.above(0);
  expect(unmapped.stayed).to.be.above(0);
  const renamed = { key, from: newest, to: newest + 1, mapping: { [element]: `${element}_New` } };
  expect((await carriedOut(day, await propose(day, renamed))).moved).to.be.above(0);
  const now = (await day.call('readWorkOrder', { params: { no: waiting.sheet.no } })) as WorkOrderView;
  const [task] = now.tasks;
  if (!task) throw new Error('nothing is open');
  await complete(url, now, task, { receipt: 'accept' }, '经办人');

  await rolledBack(day, key, newest - 1);
  const back = { key, from: newest + 1, to: newest + 2, mapping: { [`${element}_New`]: element } };
  expect((await carriedOut(day, await propose(day, back))).moved).to.be.above(1);
  await day.restart();
  const again = (await day.call('readWorkOrder', { params: { no: signed.sheet.no } })) as WorkOrderView;
  const [handle] = again.tasks;
  if (!handle) throw new Error('nothing is open');
  await complete(url, again, handle, { branch: 'within-limit', handlingResult: '已办' }, '经办人');
  await day.work();
}
