import { policiesOf, shippedPolicies } from '../../law/policy/index.js';
import { defaultCalendar } from '../../calendar/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/index.js';
import { usePackage } from '../../kernel/package-root.js';
import { conformityOf, countAims, shippedCatalogue } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { tableOf } from '../frame/table.js';
import { withSystem } from '../frame/with-system.js';

interface Asked {
  readonly package?: string;
  readonly shipped?: boolean;
}

/** Prints who keeps each clause of the sources beside the package's law, and how often what is recommended was kept. */
export async function conformity({ package: folder, shipped }: Asked): Promise<Answer> {
  usePackage(folder);
  const { aims, ...found } = shipped || folder !== undefined ? asShipped() : await inDatabase();
  const clauses = found.sources.flatMap(({ title, rank, binding, status, differences }) => [
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
  const counted = aims?.map(({ named, says, limit, words }) => `${named}“${says}”，${limit}：${words}`) ?? [];
  return {
    data: { ...found, ...(aims ? { aims } : {}) },
    words: [...clauses, ...(aims ? ['推荐的期限：提醒、计数，没有人违反', ...counted] : [])].join('\n'),
  };
}

type Shown = ReturnType<typeof conformityOf> & { readonly aims?: Awaited<ReturnType<typeof countAims>> };

function asShipped(): Shown {
  const now = systemClock.now();
  const day = civilDateOf(now);
  const policies = policiesOf(shippedPolicies(), []).at(now);
  return conformityOf({ catalogue: shippedCatalogue(day), policies, calendar: defaultCalendar(), day });
}

const inDatabase = (): Promise<Shown> =>
  withSystem(
    'regulation conformity',
    ({ calendar, catalogues, database, laws, policies }) =>
      database.transaction(async (transaction) => {
        await policies.refresh(transaction);
        await calendar.refresh(transaction);
        const now = systemClock.now();
        const { catalogue } = await catalogues.at(transaction, now);
        const standing = { policies: policies.at(now), calendar: calendar.current() };
        const inForce = { catalogue, ...standing, day: civilDateOf(now) };
        return { ...conformityOf(inForce), aims: await countAims(transaction, inForce, laws.today(), now) };
      }),
    { existing: true },
  );
