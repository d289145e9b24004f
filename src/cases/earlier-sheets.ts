/**
 * Checks an earlier sheet of the same caller that a form names: a closed one, unless the form says
 * that one in handling counts (`unfinished`). The answer is only yes or no, because saying whether a
 * sheet is unknown, open or another caller's would reveal callers to a unit.
 */
import type { CaseFile, ElementAnnotation } from '../engine/index.js';
import { Refusal, type JsonObject } from '../kernel/index.js';
import { lawOf, type Law, type Laws } from '../kernel/law.js';
import type { Transaction } from '../platform/database/index.js';
import { isEarlierSheet } from '../sheet/index.js';

interface NamedSheet {
  readonly key: string;
  readonly label: string;
  readonly no: string;
  readonly unfinished: boolean;
}

/** @throws {Refusal} `sheet.not-earlier` */
export async function assertEarlierSheets(
  { laws }: { readonly laws: Laws },
  transaction: Transaction,
  { file, element }: { readonly file: CaseFile; readonly element: ElementAnnotation },
  answers: JsonObject,
): Promise<void> {
  for (const named of sheetsIn(element, answers)) {
    if (!(await isEarlierSheet(transaction, file.businessKey, named.no, named.unfinished)))
      throw notEarlier(element, named, laws.ofCase(file));
  }
}

export const sheetsIn = ({ form }: ElementAnnotation, answers: JsonObject): readonly NamedSheet[] =>
  form.flatMap(({ key, label, type, unfinished = false }) => {
    const no = answers[key];
    return type === 'sheet' && typeof no === 'string' ? [{ key, label, no, unfinished }] : [];
  });

export const notEarlier = (
  { name }: ElementAnnotation,
  { key, label, no, unfinished }: NamedSheet,
  law: Law,
): Refusal =>
  new Refusal(
    'sheet.not-earlier',
    `“${name}”的“${label}”：“${no.slice(0, 60)}”不是同一来电人提出过${unfinished ? '' : '、已经办结'}的工单`,
    {
      where: key,
      remedy: `核对编号；${unfinished ? '' : '没有办结的、'}别人提出的、来电人没有留下联系方式的，按新的事项办理`,
      provision: lawOf('repeats', law),
    },
  );
