/** A month's publications: drafted automatically, written, returned, approved, issued, and corrected afterwards. */
import { expect } from 'chai';
import type { Day } from './day.js';
import { ofHotline, read } from './measures-sheets.js';

type Kind = 'public' | 'circular' | 'intake';

interface Version {
  readonly id: number;
  readonly kind: Kind;
  readonly version: number;
  readonly state: string;
}

const [writer, other] = ['度量起稿', '度量签发'];

async function latest(day: Day, period: string, kind: Kind): Promise<Version> {
  const { items } = await read<{ items: readonly Version[] }>(day, 'listMonthPublications', {
    ...{ as: await ofHotline(day, writer, 'assessor'), params: { period } },
  });
  return items.find((one) => one.kind === kind) ?? expect.fail(`no ${kind} of ${period} is drafted`);
}

const rule = async (day: Day, id: number, decision: 'approve' | 'return', name: string): Promise<unknown> =>
  day.call('rulePublication', {
    as: await ofHotline(day, name, 'assessor'),
    ...{ params: { id }, body: { decision, reason: decision === 'approve' ? '核对过' : '再核对一遍' } },
  });

const issue = async (day: Day, id: number, documentNumber: string, name: string): Promise<unknown> =>
  day.call('issuePublication', {
    as: await ofHotline(day, name, 'assessor'),
    ...{ params: { id }, body: { documentNumber } },
  });

const write = async (day: Day, id: number, cases: readonly object[], name: string): Promise<unknown> =>
  day.call('writeTypicalCases', {
    as: await ofHotline(day, name, 'assessor'),
    ...{ params: { id }, body: { cases } },
  });

/** Without typical cases: approved, returned, approved again. */
export async function published(day: Day, period: string, kind: Kind, number: string): Promise<void> {
  const { id } = await latest(day, period, kind);
  await rule(day, id, 'return', other);
  await rule(day, id, 'approve', other);
  await rule(day, id, 'return', other);
  await rule(day, id, 'approve', other);
  await issue(day, id, number, writer);
  await day.work();
}

/** With typical cases: writing them voids the earlier approval. */
export async function publishedWithCases(
  day: Day,
  period: string,
  kind: Kind,
  number: string,
  sheets: readonly string[],
): Promise<void> {
  const { id } = await latest(day, period, kind);
  const cases = sheets.map((no, index) => ({
    ...{ no, title: `停水当天恢复（之${index + 1}）`, text: '接到反映后当日抢修，\n当晚恢复供水。' },
  }));
  await write(day, id, cases.slice(0, 1), writer);
  await rule(day, id, 'approve', other);
  await write(day, id, cases, writer);
  await write(day, id, [], writer);
  await write(day, id, cases, writer);
  await rule(day, id, 'approve', other);
  await issue(day, id, number, writer);
  await day.work();
}

/** The corrector is responsible for the cases, so the other person approves. */
export async function correctedAgain(
  day: Day,
  period: string,
  kind: Kind,
  numbers: readonly [string, string],
  rewritten: readonly object[],
): Promise<void> {
  for (const [index, number] of numbers.entries()) {
    const [corrector, approver] = index === 0 ? [writer, other] : [other, writer];
    const { id } = await read<Version>(day, 'correctPublication', {
      as: await ofHotline(day, corrector, 'assessor'),
      ...{ params: { period }, body: { kind, reason: '一处数字抄错' } },
    });
    if (index === 1) await write(day, id, rewritten, corrector);
    await rule(day, id, 'approve', approver);
    await issue(day, id, number, corrector);
    await day.work();
  }
}
