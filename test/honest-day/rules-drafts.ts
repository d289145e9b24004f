/** Diagrams and tables are changed: tried, reviewed, refused, put off, in force, rolled back. */
import { expect } from 'chai';
import type { Finding } from '../../src/design/compliance/index.js';
import { dispatched } from '../http/serving.js';
import { shippedTable } from '../support/shipped-tables.js';
import { workJobs } from '../support/tried.js';
import type { Day } from './day.js';
import {
  approved,
  begin,
  callAs,
  enacted,
  handIn,
  hour,
  minute,
  onDraft,
  scheduled,
  versionOf,
  type DraftView,
} from './rules-office.js';

const noted = (source: string, text: string): string =>
  source.replace('</bpmn:definitions>', `<!-- ${text} --></bpmn:definitions>`);

/** A day less to reply: really tried, because an untried draft cannot be submitted. */
export async function fewerDays(day: Day): Promise<void> {
  const { served } = day;
  await dispatched(served.url);
  const from = await versionOf(day, 'handling');
  const begun = await begin(day, { key: 'handling', title: '回复期限改为四个工作日' });
  const four = begun.source.replace('= limit("reply")', '= stricter(limit("reply"), "P4D")');
  await callAs(day, 'one', 'compareDiagrams', { body: { before: begun.source, after: four } });
  const made = await onDraft(day, 'second', 'saveDraft', begun, {
    ...{ basedOn: 1, source: four, note: '承诺更快', title: '回复期限由五个工作日改为四个' },
  });
  await onDraft(day, 'one', 'commentDraft', made, {
    text: '承办单位来得及吗？',
    element: 'Timer_ReplyLimit',
  });
  await onDraft(day, 'second', 'commentDraft', made, { text: '问过了，来得及。' });

  await onDraft(day, 'editor', 'orderTrial', made);
  await workJobs(served.system);
  const { findings } = (await callAs(day, 'one', 'checkDraft', { params: { id: made.id } })) as {
    readonly findings: readonly Finding[];
  };
  const warned = new Set(findings.map(({ rule, element }) => JSON.stringify({ rule, element })));
  const reasons = [...warned].map((one) => ({ ...(JSON.parse(one) as object), reason: '市政府承诺更快' }));
  await onDraft(day, 'second', 'submitDraft', made, {
    ...{
      sha256: made.sha256,
      comment: '请审',
      reasons,
      meantFor: served.system.clock.now().toISOString().slice(0, 10),
    },
  });
  // Both at once, each at another program.
  const approval = { sha256: made.sha256, comment: '同意' };
  const both = await Promise.all([
    onDraft(day, 'one', 'approveDraft', made, approval),
    onDraft(day, 'two', 'approveDraft', made, approval),
  ]);
  expect(both.map(({ state }) => state)).to.include('approved');
  const start = new Date(served.system.clock.now().getTime() + 2 * hour);
  expect((await scheduled(day, made, start)).version).to.equal(from + 1);
  day.later(2 * hour - minute);
  await dispatched(served.url);
  day.later(minute);
  await dispatched(served.url);
  await day.work();
}

/** Returned, corrected, saved while already approved, and based on a version that another has replaced. */
export async function thereAndBack(day: Day): Promise<void> {
  const refused = await begin(day, { key: 'accountability', title: '问责的说明' });
  const text = (one: DraftView, revision: number, note: string): object => ({
    ...{ basedOn: revision, source: noted(refused.source, note) },
  });
  const saved = await onDraft(day, 'editor', 'saveDraft', refused, text(refused, 1, '甲'));
  await handIn(day, saved);
  await onDraft(day, 'one', 'rejectDraft', saved, { sha256: saved.sha256, reason: '写得不明白' });
  const mended = await onDraft(day, 'second', 'saveDraft', saved, text(refused, 2, '乙'));
  await approved(day, await handIn(day, mended));
  await onDraft(day, 'two', 'rejectDraft', mended, { sha256: mended.sha256, reason: '再斟酌' });
  const third = await onDraft(day, 'editor', 'saveDraft', mended, text(refused, 3, '丙'));
  await approved(day, await handIn(day, third));
  const fourth = await onDraft(day, 'editor', 'saveDraft', third, text(refused, 4, '丁'));

  // Somebody else is faster: the draft is based on the new version.
  const faster = await begin(day, { key: 'accountability', title: '问责的另一处' }, 'second');
  const other = await onDraft(day, 'second', 'saveDraft', faster, text(faster, 1, '先'));
  await enacted(day, other, 'second');
  const rebased = await onDraft(day, 'editor', 'saveDraft', fourth, {
    ...{
      basedOn: 5,
      source: noted(fourth.source, '并'),
      baseVersion: await versionOf(day, 'accountability'),
    },
  });
  await enacted(day, rebased);
  await onDraft(day, 'one', 'commentDraft', rebased, { text: '已经现行。' });
}

/** Withdrawn as a draft, after submission, after approval, and after its date. */
export async function thoughtBetter(day: Day): Promise<void> {
  const draft = async (note: string): Promise<DraftView> => {
    const begun = await begin(day, { key: 'supervision', title: `督办的说明（${note}）` });
    return onDraft(day, 'editor', 'saveDraft', begun, { basedOn: 1, source: noted(begun.source, note) });
  };
  const reason = '不改了';
  await onDraft(day, 'editor', 'withdrawDraft', await draft('一'), { reason });
  await onDraft(day, 'second', 'withdrawDraft', await handIn(day, await draft('二')), { reason });
  await onDraft(day, 'one', 'withdrawDraft', await approved(day, await handIn(day, await draft('三'))), {
    reason,
  });
  const last = await approved(day, await handIn(day, await draft('四')));
  const start = new Date(day.served.system.clock.now().getTime() + 3 * hour);
  await scheduled(day, last, start);
  await onDraft(day, 'two', 'withdrawDraft', last, { reason });
  await onDraft(day, 'one', 'commentDraft', last, { text: '撤回得对。' });
  // An unused key may be taken again.
  const source = shippedTable('return-grounds').replaceAll('return-grounds', 'rules-gone');
  for (const who of ['editor', 'second'] as const) {
    const fresh = await begin(day, { key: 'rules-gone', title: '没有做成的表', source }, who);
    await onDraft(day, who, 'withdrawDraft', fresh, { reason });
  }
  await day.work();
}

/** A table that proposes units is tried on recent sheets; another one is in force; a new one is made. */
export async function tables(day: Day): Promise<void> {
  const units = shippedTable('dispatch').replaceAll('"样本水务集团"', '"历下水务"');
  await callAs(day, 'editor', 'tryProposals', { body: { source: units } });
  await callAs(day, 'one', 'tryProposals', { body: { source: shippedTable('dispatch') } });
  const begun = await begin(day, { key: 'return-grounds', title: '退单的条件' });
  await callAs(day, 'editor', 'compareDiagrams', {
    body: { before: begun.source, after: begun.source.replace('<description>', '<description>（试行）') },
  });
  const renamed = begun.source.replace(/(<decision [^>]*name=")([^"]+)"/, '$1$2（试行）"');
  expect(renamed).not.to.equal(begun.source);
  await enacted(day, await onDraft(day, 'editor', 'saveDraft', begun, { basedOn: 1, source: renamed }));
  const fresh = shippedTable('return-grounds').replaceAll('return-grounds', 'rules-grounds');
  const made = await begin(day, { key: 'rules-grounds', title: '另一张表', source: fresh }, 'second');
  const why = { rule: 'table-calls', element: 'rules-grounds', reason: '下一版流程图用它' };
  await enacted(day, made, 'second', [why]);
  await dispatched(day.served.url);
}

/** An earlier version is put in force again, by the usual procedure. */
export async function rolledBack(day: Day, key: string, version: number): Promise<DraftView> {
  const body = { version, reason: '承办单位来不及' };
  const back = (await callAs(day, 'second', 'rollBackDefinition', { params: { key }, body })) as DraftView;
  return enacted(day, back, 'second');
}
