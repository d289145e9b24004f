/** Whether the rules of the forms that have been handed in are still kept once one of their answers is corrected. */
import { isSound, processOf } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { ElementAnnotation } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { provisionLabel } from '../../regulation/index.js';
import type { DefinitionReader } from '../definition-reader.js';
import { brokenRules } from '../form.js';

interface Corrected {
  /** Names of fields for people, by the variable that copies them. */
  readonly labels: ReadonlyMap<string, string>;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly at: Date;
}

/** @throws {Refusal} `input.invalid` with what the form demands, by which provision */
export async function assertRulesKept(
  transaction: Transaction,
  reader: DefinitionReader,
  trail: readonly TrailEntry[],
  { labels, before, after, at }: Corrected,
): Promise<void> {
  const handedIn = new Set<ElementAnnotation>();
  for (const entry of trail) {
    if (!isSound(entry) || entry.type !== 'task.completed') continue;
    const ran = processOf(entry);
    const elements = ran && (await reader.elements(transaction, ran.process, ran.version));
    const element = elements?.get(entry.body.of);
    if (element?.form.some(({ key }) => labels.has(key))) handedIn.add(element);
  }
  for (const element of handedIn) {
    const already = new Set(brokenRules(element, before, at));
    const broken = brokenRules(element, after, at).filter((rule) => !already.has(rule));
    const [first] = broken;
    if (!first) continue;
    const fields = element.form.flatMap(({ key }) => labels.get(key) ?? []);
    throw new Refusal(
      'input.invalid',
      `${fields.join('、')}不能这样更正:“${element.name}”已经照原来的核对过,改了就不符合:${broken.map(({ says }) => says).join(';')}`,
      {
        where: element.id,
        remedy: '以正确的重新登记一张工单,把两张工单的编号互相写明;这张照原来登记的办结',
        ...(first.provision === null ? {} : { provision: provisionLabel(first.provision) }),
      },
    );
  }
}
