/** Checks that submitted forms still satisfy their rules after one of their answers is corrected. */
import type { ElementAnnotation } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import { provisionLabel } from '../../law/regulation/index.js';
import { brokenRules } from '../form.js';

interface Corrected {
  /** Display names of fields, keyed by the variable that copies each. */
  readonly labels: ReadonlyMap<string, string>;
  /** Display names of the answers that can be corrected together with the sheet's fields. */
  readonly answers: ReadonlyMap<string, string>;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly at: Date;
}

/** @throws {Refusal} `input.invalid` with what the form demands and the provision behind it */
export function assertRulesKept(
  forms: readonly ElementAnnotation[],
  { labels, answers, before, after, at }: Corrected,
): void {
  for (const element of forms) {
    const already = new Set(brokenRules(element, before, at));
    const broken = brokenRules(element, after, at).filter((rule) => !already.has(rule));
    const [first] = broken;
    if (!first) continue;
    const fields = element.form.flatMap(({ key }) => labels.get(key) ?? []);
    throw new Refusal(
      'input.invalid',
      `${fields.join('、')}不能这样更正：“${element.name}”已经照原来的核对过，改了就不符合：${broken.map(({ says }) => says).join('；')}`,
      {
        where: element.id,
        remedy:
          answers.size === 0
            ? '以正确的重新登记一张工单，把两张工单的编号互相写明；这张照原来登记的办结'
            : `随更正一并写明（answers）：${[...answers].map(([key, label]) => `${label}（${key}）`).join('、')}`,
        ...(first.provision === null ? {} : { provision: provisionLabel(first.provision) }),
      },
    );
  }
}
