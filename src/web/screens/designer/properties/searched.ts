/** All texts that the panel shows about an element, joined for searching. */
import { roleName } from '../../../../http/contract/role-name.js';
import { provisionLabel } from '../../../../kernel/provision-label.js';
import { law } from '../../../law/page-law.js';
import type { Drawn } from '../modeler/services.js';
import { factsOf } from './facts.js';

export interface Titles {
  deed(name: string): string;
  clock(key: string): string;
  handler(name: string): string;
  policy(key: string): string;
}

export function searchTextOf(drawn: Drawn, titles: Titles): string {
  const facts = factsOf(drawn);
  const { timer, loop } = facts;
  return [
    facts.id,
    facts.title,
    facts.kind,
    facts.documentation,
    ...facts.norms.flatMap(({ norm, provision, note }) => [norm, provision, provisionLabel(provision), note]),
    ...facts.deeds.flatMap((deed) => [
      deed.name,
      titles.deed(deed.name),
      deed.when,
      ...deed.facts.flatMap(({ name, value }) => [name, value]),
    ]),
    ...facts.fields.flatMap((field) => [
      field.key,
      field.label,
      ...field.options.flatMap(({ value, label }) => [value, label]),
    ]),
    facts.role === '' ? '' : `${facts.role} ${roleName(facts.role, law())}`,
    facts.decision,
    facts.handler === '' ? '' : `${facts.handler} ${titles.handler(facts.handler)}`,
    facts.condition ?? '',
    facts.reference ?? '',
    facts.called ?? '',
    ...(timer
      ? [timer.text, timer.clock, titles.clock(timer.clock), timer.policy, titles.policy(timer.policy)]
      : []),
    ...(timer?.days ? [`${timer.days} 个工作日`, `${timer.days}天`] : []),
    ...(loop ? [loop.collection, loop.item, loop.cardinality, loop.completion, loop.condition] : []),
  ]
    .join('\n')
    .toLowerCase();
}
