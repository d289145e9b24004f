import { civilDateOf } from '../../kernel/civil-date.js';
import { expiries, keptForGood, lastRun } from '../../cases/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Laws } from '../../kernel/law.js';
import type { Database } from '../../platform/database/index.js';
import { meaningOf, type PolicyKeeper } from '../../law/policy/index.js';
import { provisionLabel } from '../../law/regulation/model/index.js';

/** The rules in force, and the last erasure of each class. */
export async function retentionView(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
  readonly policies: PolicyKeeper;
}) {
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
      article: { id: definition.article, label: provisionLabel(definition.article) },
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
