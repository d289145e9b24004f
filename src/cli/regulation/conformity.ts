import { policiesOf, shippedPolicies } from '../../law/policy/index.js';
import { defaultCalendar } from '../../calendar/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/index.js';
import { usePackage } from '../../kernel/package-root.js';
import { conformityOf, shippedCatalogue } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { tableOf } from '../frame/table.js';

/** Prints who keeps each clause of the sources beside the package's law. */
export function conformity({ package: folder }: { readonly package?: string }): Answer {
  usePackage(folder);
  const now = systemClock.now();
  const day = civilDateOf(now);
  const policies = policiesOf(shippedPolicies(), []).at(now);
  const found = conformityOf({
    ...{ catalogue: shippedCatalogue(day), policies, calendar: defaultCalendar(), day },
  });
  const words = found.sources.flatMap(({ title, rank, binding, status, differences }) => [
    `《${title}》${rank}，${binding ? '有约束力' : '推荐的，不问责'}。${status}`,
    ...differences.map((sentence) => `  ◇ ${sentence}`),
    tableOf(
      ['条', '内容', '谁', '凭据、理由', '来源'],
      found.clauses
        .filter(({ source }) => source === title)
        .map(({ place, says, keptBy, evidence, reason, trust }) => [
          ...[place ?? '不知道', says, keptBy, reason ?? evidence.map((one) => one.says).join('\n'), trust],
        ]),
    ),
  ]);
  return { data: found, words: words.join('\n') };
}
