import { civilDateOf } from '../../kernel/civil-date.js';
import { expiries, keptForGood, lastRun } from '../../cases/index.js';
import { meaningOf } from '../../law/policy/index.js';
import type { HttpDeps } from '../deps.js';
import { provisionView } from './provision-view.js';

/** The rules in force, and the last erasure of each class. */
export async function retentionView(deps: Pick<HttpDeps, 'clock' | 'database' | 'laws' | 'policies'>) {
  const last = await deps.database.transaction(lastRun);
  const classes = (await expiries(deps)).map(({ one, keep, before }) => {
    const definition = deps.policies.catalogue.named(one.policy);
    return {
      key: one.key,
      label: one.label,
      policy: one.policy,
      from: one.kind === 'case' ? '办结' : '写下',
      keep,
      meaning: meaningOf(definition, keep),
      article: provisionView(definition.article),
      source: definition.source,
      before: civilDateOf(before),
      lastErased: last?.erased.get(one.key) ?? null,
    };
  });
  return {
    classes,
    keptForGood: keptForGood(deps.laws.today()),
    last: last ?? null,
  };
}
