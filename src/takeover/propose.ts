/**
 * Drafts a mapping: columns by their names and content, deeds by the similarity of their words with
 * the activities. An officer decides.
 */
import type { Catalogue } from '../law/regulation/index.js';
import { activityOf } from './log/event.js';
import { instantReader } from './log/instants.js';
import type { RowSource } from './log/row.js';
import type { WrittenMapping } from './mapping.js';

/** A name of a deed: its title, or the name of a diagram element that does it. */
interface DeedName {
  readonly deed: string;
  readonly words: string;
}

interface ProposedActivity {
  readonly activity: string;
  readonly lines: number;
  readonly deed: string | null;
  /** Similarity from 0 to 100. */
  readonly alike: number;
}

interface Proposal {
  readonly mapping: WrittenMapping;
  readonly activities: readonly ProposedActivity[];
  readonly columns: readonly string[];
}

/** Column names that exports use, most specific first; XES has its own. */
const known = {
  case: [
    'case:concept:name',
    '工单编号',
    '工单号',
    '流水号',
    '事项编号',
    '受理编号',
    '案件',
    'case',
    'case_id',
    'caseid',
    '编号',
  ],
  activity: ['concept:name', 'activity', '活动', '环节', '节点', '操作', '步骤', '动作', '状态', 'event'],
  instant: [
    'time:timestamp',
    '办理时间',
    '操作时间',
    '时间',
    '时刻',
    '完成时间',
    '日期',
    'timestamp',
    'time',
    'at',
  ],
  unit: ['org:group', '承办单位', '单位', '部门', '机构', 'unit', 'department'],
  person: ['org:resource', 'person', '经办人', '办理人', '操作人', '人员', '姓名', 'resource', 'user'],
} as const;

/** Below this similarity two texts have little in common. */
const leastAlike = 30;
const mostActivities = 2000;

export async function proposeMapping(
  source: RowSource,
  catalogue: Catalogue,
  names: readonly DeedName[],
  zone: string,
): Promise<Proposal> {
  const counts = new Map<string, number>();
  let found: ReturnType<typeof columnsFor> | undefined;
  let isZoned = false;
  for await (const row of source.rows) {
    found ??= columnsFor(source.columns());
    const said = row.value(found.activity);
    const activity = activityOf(said ?? '');
    if (said !== undefined && (counts.has(activity) || counts.size < mostActivities))
      counts.set(activity, (counts.get(activity) ?? 0) + 1);
    isZoned ||= instantReader({ column: '' })(row.value(found.instant) ?? '') instanceof Date;
  }
  const columns = source.columns();
  const { case: caseColumn, activity, instant, unit, person } = found ?? columnsFor(columns);
  const activities = [...counts]
    .map(([name, lines]) => ({ activity: name, lines, ...closest(name, names) }))
    .sort((one, other) => other.lines - one.lines);
  const factsOf = (deed: string): string[] =>
    Object.keys(catalogue.vocabulary.deeds.find(({ name }) => name === deed)?.facts ?? {});
  const handed = new Set(catalogue.vocabulary.holders.flatMap(({ named }) => named ?? []));
  return {
    columns,
    activities,
    mapping: {
      case: caseColumn,
      activity,
      instant: { column: instant, ...(isZoned ? {} : { zone }) },
      ...(unit === undefined ? {} : { unit }),
      ...(person === undefined ? {} : { person }),
      activities: Object.fromEntries(
        activities.map((one) => {
          if (one.deed === null) return [one.activity, []];
          // The only units in the log are those that the matter is handed to.
          const facts = factsOf(one.deed).filter((fact) => handed.has(fact) && unit !== undefined);
          const said = Object.fromEntries(facts.map((fact) => [fact, { column: unit ?? '' }]));
          return [one.activity, [{ deed: one.deed, facts: said }]];
        }),
      ),
    },
  };
}

function columnsFor(columns: readonly string[]) {
  const first = (names: readonly string[]): string | undefined =>
    names.flatMap((name) => columns.find((column) => column.toLowerCase() === name) ?? [])[0] ??
    names.flatMap((name) => columns.find((column) => column.toLowerCase().includes(name)) ?? [])[0];
  return {
    case: first(known.case) ?? columns[0] ?? '',
    activity: first(known.activity) ?? columns[1] ?? '',
    instant: first(known.instant) ?? columns[2] ?? '',
    unit: first(known.unit),
    person: first(known.person),
  };
}

function closest(activity: string, names: readonly DeedName[]): Pick<ProposedActivity, 'deed' | 'alike'> {
  const own = pairsOf(activity);
  let best: { deed: string | null; alike: number } = { deed: null, alike: 0 };
  for (const { deed, words } of names) {
    const alike = likeness(own, pairsOf(words));
    if (alike > best.alike) best = { deed, alike };
  }
  return best.alike >= leastAlike ? best : { deed: null, alike: best.alike };
}

/** Pairs of adjacent characters, and single ones, without punctuation. */
function pairsOf(words: string): ReadonlySet<string> {
  const signs = [...words.toLowerCase().replaceAll(/[\p{P}\p{S}\s]/gu, '')];
  return new Set([...signs, ...signs.slice(1).map((sign, index) => `${signs[index] ?? ''}${sign}`)]);
}

/** Dice's coefficient in percent. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  const all = one.size + other.size;
  return all === 0 ? 0 : Math.round((200 * shared) / all);
}
