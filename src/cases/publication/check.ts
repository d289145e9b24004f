/** Keeps personal data out of publications. */
import { personalDataIn, type KnownPersons, type TypicalCase } from '../../measures/assessment/index.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { personsIn } from '../personal-data/recuse.js';
import { inBrackets, lawOf, type Law } from '../../kernel/law.js';
import type { Using } from '../parts.js';

export type CheckDeps = Using<'laws' | 'sheets' | 'trail'>;

/** @throws {Refusal} `publication.personal-data` with the position of the text, never the text itself */
export function assertNothingPersonal(
  texts: readonly { readonly name: string; readonly where: string; readonly text: string }[],
  law: Law,
  known?: KnownPersons,
): void {
  const findings = texts.flatMap(({ name, where, text }) =>
    personalDataIn(text, known).map(({ what, at }) => ({ where, said: `${name}第 ${at} 字起是${what}` })),
  );
  const [first] = findings;
  if (!first) return;
  const said = findings.slice(0, 10).map((one) => one.said);
  throw new Refusal('publication.personal-data', `公开的文字里有个人信息：${said.join('；')}`, {
    where: first.where,
    provision: lawOf('callers-data', law),
    remedy: '删去，或者改成认不出具体的人的说法，例如“来电人”“某小区”',
  });
}

/**
 * @throws {Refusal} `assessment.invalid` for an open sheet or a confidential caller, `publication.personal-data`
 */
export async function checkCases(
  { laws, sheets, trail }: CheckDeps,
  transaction: Transaction,
  cases: readonly TypicalCase[],
): Promise<void> {
  const numbers = cases.map(({ no }) => no);
  const files = await loadCasesByKey(transaction, numbers);
  const trails = await trail.read(transaction, numbers);
  for (const [index, { no, title, text }] of cases.entries()) {
    const where = `cases.${index}`;
    const sheet = await sheets.find(transaction, no);
    const file = files.get(no);
    const wrong =
      !sheet || sheet.realm !== 'live' || !file
        ? '没有这张工单'
        : file.endedAt === null
          ? '还没有办结'
          : sheet.confidential || file.variables.confidential === true
            ? `来电人要求保密${inBrackets(lawOf('callers-wishes', laws.ofCase(file)))}`
            : undefined;
    if (!sheet || wrong !== undefined) {
      throw new Refusal('assessment.invalid', `工单 ${no.slice(0, 60)} 不能作典型案例：${wrong ?? ''}`, {
        where: `${where}.no`,
        provision: lawOf('publication', laws.today()),
        remedy: '另选一张已经办结的工单',
      });
    }
    const accused = (trails.get(no) ?? []).flatMap(({ sealed }) => personsIn(sealed['persons'] ?? ''));
    const known = (...values: (string | null)[]) => values.filter((value) => value !== null);
    assertNothingPersonal(
      [
        { name: `第 ${index + 1} 件典型案例的标题`, where: `${where}.title`, text: title },
        { name: `第 ${index + 1} 件典型案例的正文`, where: `${where}.text`, text },
      ],
      laws.today(),
      {
        names: known(sheet.callerName, ...accused),
        contacts: known(sheet.callerContact),
        addresses: known(sheet.callerAddress),
      },
    );
  }
}
