/** Whether a form accepts an act with a field left empty. */
import { feel, typed, type DeedLink, type FlowNode, type FormField } from '../../../engine/model/index.js';
import { matches, type Act } from '../../../kernel/act.js';
import type { Json } from '../../../kernel/json.js';
import type { Subject } from '../subject.js';
import { combinations, domainOf, isPlain } from './domains.js';
import { isFeel } from './is-feel.js';
import { typesAt } from './variables.js';

interface Asked {
  readonly field: FormField;
  readonly link: DeedLink;
  readonly act: Act;
}

/** @returns undefined if the values that decide it cannot all be tried */
export function mayStayEmpty(
  subject: Subject,
  node: FlowNode,
  { field, link, act }: Asked,
): boolean | undefined {
  if (field.required) return false;
  const types = typesAt(subject, node, false);
  const namesOf = (text: string): readonly string[] => (isFeel(text) ? typed(text, types).names : []);
  const { form = [], rules: all = [] } = subject.annotations.element(node.id ?? '') ?? {};
  const rules = all.map(({ holds }) => holds).filter((text) => namesOf(text).includes(field.key));
  if (rules.length === 0) return true;
  const facts = link.facts.filter(({ name }) => name in act.facts);
  const texts = [...rules, ...facts.map(({ value }) => value), ...(link.when === null ? [] : [link.when])];
  if (!texts.every((text) => isFeel(text) && isPlain(text, types))) return undefined;
  const compared = [...texts, JSON.stringify(Object.values(act.facts))];
  const domains: (readonly [string, readonly Json[]])[] = [];
  for (const name of new Set(texts.flatMap(namesOf))) {
    const type = types.get(name);
    const domain = name === field.key ? [] : type && domainOf(type, compared);
    if (!domain) return undefined;
    const isGiven = form.some(({ key, required }) => key === name && required);
    domains.push([name, isGiven ? domain : [...domain, null]]);
  }
  const now = new Date(0);
  const [refusing, condition] = [rules.map((text) => feel(text)), feel(link.when ?? 'true')];
  return combinations(domains)?.some((answers) => {
    const said = Object.fromEntries(facts.map(({ name, value }) => [name, feel(value).value(answers, now)]));
    const isDone = condition.holds(answers, now) && matches(act, { name: link.name, facts: said });
    return isDone && refusing.every((rule) => rule.holds(answers, now));
  });
}
