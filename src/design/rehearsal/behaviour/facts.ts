/** What a case did in law: deeds, levels, messages, duties and its end. Two versions of a process are compared by it. */
import { deedsIn, levelsIn, messagesThrown } from '../../../accountability/events/index.js';
import { toShanghaiIso } from '../../../kernel/civil-date.js';
import type { Json, JsonObject } from '../../../kernel/index.js';
import { levelNames } from '../../../cases/replay/index.js';
import type { Duty } from '../../../law/regulation/index.js';
import type { LostBehaviour } from '../../compliance/index.js';
import { catalogueOf, dutiesLived } from '../duties-lived.js';
import type { RehearsedCase } from '../rehearsed-case.js';
import { minute } from '../scenario-differences.js';
import type { Stage } from '../stage.js';

/** What the draft no longer does. */
export interface Lost extends Pick<LostBehaviour, 'kind' | 'of' | 'says' | 'provisions'> {
  /** The same loss in other runs has the same key. */
  readonly key: string;
}

export interface Facts {
  /** What happened, each with its instants. */
  readonly counted: ReadonlyMap<string, { readonly lost: Lost; readonly at: readonly Date[] }>;
  readonly duties: ReadonlyMap<string, Duty>;
  readonly endedAt: Date | null;
}

export function factsOf(stage: Stage, { entries, file }: RehearsedCase): Facts {
  const counted = new Map<string, { lost: Lost; at: readonly Date[] }>();
  const add = (at: Date, lost: Lost): void => {
    counted.set(lost.key, { lost, at: [...(counted.get(lost.key)?.at ?? []), at] });
  };
  const catalogue = catalogueOf(stage, entries);
  const levels = levelNames(stage.laws.today());
  const titles = new Map(catalogue.vocabulary.deeds.map(({ name, title }) => [name, title]));
  for (const entry of entries) {
    for (const { name, facts } of deedsIn(entry))
      add(entry.at, {
        kind: 'deed',
        key: `deed ${name} ${JSON.stringify(plain(facts))}`,
        says: `“${titles.get(name) ?? name}”没有了`,
        of: name,
        provisions: [],
      });
    for (const level of levelsIn(entry))
      add(entry.at, {
        kind: 'level',
        key: `level ${level}`,
        says: `升级“${levels.get(level) ?? level}”没有了`,
        of: null,
        provisions: [],
      });
    for (const message of messagesThrown(entry))
      add(entry.at, {
        ...{ kind: 'message', key: `message ${message}`, of: null, provisions: [] },
        says: `消息“${message}”不再发出`,
      });
  }
  const duties = new Map(dutiesLived(stage, entries).map((duty) => [`${duty.norm} ${duty.round}`, duty]));
  return { counted, duties, endedAt: file.endedAt };
}

/** Facts that decide: a text is sealed, and differs every time; lists of evidence number the entries. */
const plain = (facts: JsonObject = {}): JsonObject =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => isPlain(value)));

const isPlain = (value: Json): boolean =>
  typeof value === 'string' ? !value.startsWith('sealed:') : typeof value === 'boolean';

/** Whether a level comes more often or earlier. */
export const isStricter = (was: Facts, is: Facts): boolean =>
  [...is.counted].some(([key, { lost, at }]) => {
    const before = was.counted.get(key)?.at ?? [];
    return lost.kind === 'level' && at.some((one, index) => one < (before[index] ?? never));
  });

const never = new Date(8.64e15);

/** What the same acts did before and no longer do. */
export function lostIn(stage: Stage, before: Facts, after: Facts): readonly Lost[] {
  const counted = [...before.counted].flatMap(([key, { lost, at }]) =>
    at.length > (after.counted.get(key)?.at.length ?? 0) ? [lost] : [],
  );
  const duties = [...before.duties].flatMap(([key, was]) => worse(stage, was, after.duties.get(key)));
  const end: readonly Lost[] =
    before.endedAt !== null && after.endedAt === null
      ? [{ kind: 'end', key: 'end', of: null, says: '走不到结束', provisions: [] }]
      : [];
  return [...counted, ...duties, ...end];
}

const ranks: { readonly [State in Duty['state']]: number } = {
  satisfied: 0,
  compensated: 0,
  open: 1,
  'temporarily-violated': 2,
  'permanently-violated': 2,
};

function worse(stage: Stage, was: Duty, is: Duty | undefined): readonly Lost[] {
  const norm = stage.catalogueOn(toShanghaiIso(was.opened.at).slice(0, 10)).norm(was.norm);
  const duty = `“${norm?.says ?? was.norm}”（${was.norm}）`;
  const lost = (kind: Lost['kind'], what: string, says: string): readonly Lost[] => [
    { kind, key: `${kind} ${was.norm} ${what}`, of: was.norm, says, provisions: norm?.provisions ?? [] },
  ];
  if (!is) return lost('duty', 'gone', `义务${duty}没有了`);
  if (ranks[is.state] > ranks[was.state]) return lost('duty', 'undone', `义务${duty}没有办到`);
  if (was.due && is.due && is.due > was.due)
    return lost('limit', 'later', `义务${duty}的期限由 ${minute(was.due)} 推迟到 ${minute(is.due)}`);
  if (was.due && !is.due) return lost('limit', 'none', `义务${duty}没有期限了`);
  if (was.unit !== null && was.unit !== is.unit)
    return lost('holder', 'unit', `义务${duty}的承担者由${was.unit}变成${is.unit ?? '没有'}`);
  return [];
}
