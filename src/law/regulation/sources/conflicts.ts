/**
 * Conflicts between sources, by the instants at which their limits end: a lower source is never laxer than a higher
 * binding one, and a recommended one that the city's rules exceed is named. Pure.
 */
import { createDueDates, type WorkingCalendar } from '../../../calendar/index.js';
import { startOfDay, toShanghaiIso, type DayNumber } from '../../../kernel/civil-date.js';
import { dereferenced, fixedLengthOf } from '../../../kernel/limit.js';
import type { Length, PolicyValues } from '../../../kernel/timer-spec.js';
import { provisionLabel, type Catalogue } from '../model/index.js';
import { ranks, type Rank, type Source, type SourceLimit } from './content.js';

export interface Conflict {
  /** `error`: the lower may not apply; `difference`: a recommendation that the city's rules do not reach. */
  readonly kind: 'error' | 'difference';
  /** Keys of the sources; the city's own have none. */
  readonly sources: readonly string[];
  /** Names both with their places and an example, in Chinese. */
  readonly sentence: string;
}

export interface Rules {
  readonly catalogue: Catalogue;
  readonly sources: readonly Source[];
  readonly policies: PolicyValues;
  /** With its title; undefined if the city has no such policy. */
  readonly policy: (key: string) => (Length & { readonly label: string }) | undefined;
  readonly calendar: WorkingCalendar;
  /** First of the two years of starts. */
  readonly from: DayNumber;
}

interface Entry {
  readonly source: Source | null;
  readonly rank: Rank;
  readonly binding: boolean;
  /** Title, place, and what it says. */
  readonly named: string;
  readonly length: Length;
  readonly allows: readonly Rank[];
}

export function conflictsOf(rules: Rules): readonly Conflict[] {
  const asked = rules.sources.flatMap(({ clauses }) => clauses.flatMap(({ limits }) => limits));
  const subjects = new Map(asked.map((limit) => [subjectOf(limit), limit]));
  const differ = comparing(rules);
  return [...subjects].flatMap(([subject, limit]) => {
    const entries = [...entriesOf(rules.sources, subject), ...ownEntries(rules, limit)];
    return entries.flatMap((upper) =>
      entries.flatMap((lower): Conflict[] => {
        if (!lower.binding || lower === upper || !outranks(upper, lower)) return [];
        const example = differ(upper.length, lower.length);
        if (example === undefined) return [];
        return [
          {
            kind: upper.binding ? 'error' : 'difference',
            sources: [upper, lower].flatMap(({ source }) => source?.key ?? []),
            sentence: `${upper.named}；${lower.named}，更宽：${example}`,
          },
        ];
      }),
    );
  });
}

const subjectOf = ({ clock, policy }: SourceLimit): string => clock ?? policy ?? '';

const order = Object.keys(ranks);

/** A recommendation is compared with whatever binds; what binds, with whatever ranks lower, unless it allows that. */
const outranks = (upper: Entry, lower: Entry): boolean =>
  !upper.binding ||
  (order.indexOf(upper.rank) < order.indexOf(lower.rank) && !upper.allows.includes(lower.rank));

const entriesOf = (sources: readonly Source[], subject: string): Entry[] =>
  sources.flatMap((source) =>
    source.clauses.flatMap(({ place, says, limits }) =>
      limits
        .filter((limit) => subjectOf(limit) === subject)
        .map((limit) => ({
          source,
          rank: source.rank,
          binding: source.binding,
          named: `《${source.title}》${place ?? '（条号不知道）'}“${says}”，至多 ${inWords(lengthOf(limit))}`,
          length: lengthOf(limit),
          allows: limit.allows,
        })),
    ),
  );

/** What the city itself says: the norms of its law that give a number, else the policy. */
function ownEntries(
  { catalogue, policy: policyOf }: Rules,
  { clock = '', policy = '' }: SourceLimit,
): Entry[] {
  const own = { source: null, binding: true, allows: [] };
  const title = catalogue.vocabulary.clocks.find(({ key }) => key === clock)?.title ?? '';
  const byLaw = catalogue.norms.flatMap((norm): Entry[] => {
    const length =
      norm.limit && norm.duty?.clock === clock
        ? fixedLengthOf(dereferenced(norm.limit, (id) => catalogue.norm(id)?.limit))
        : undefined;
    if (!length) return [];
    const place = `《${catalogue.version.title}》${norm.provisions.map(provisionLabel).join('、')} ${norm.id}`;
    return [{ ...own, rank: 'city', named: `${place}“${title}”${inWords(length)}`, length }];
  });
  const length = policyOf(policy);
  if (byLaw.length > 0 || !length) return byLaw;
  return [{ ...own, rank: 'policy', named: `政策“${length.label}”${inWords(length)}`, length }];
}

export const lengthOf = ({ hours, days, of }: SourceLimit): Length =>
  hours === undefined
    ? { text: `P${String(days)}D`, unit: of === 'working' ? 'working-days' : 'calendar-days' }
    : { text: `PT${String(hours)}H`, unit: 'natural' };

export function inWords({ text, unit }: Length): string {
  const count = /\d+/.exec(text)?.[0] ?? text;
  if (unit === 'working-days') return `${count} 个工作日`;
  return `${count} ${text.endsWith('H') ? '小时' : text.endsWith('M') ? '分钟' : '日'}`;
}

/** Milliseconds after midnight: where days begin and end, and within. */
const timesOfDay = [0, 12, 23.9].map((hour) => hour * 3_600_000);
const twoYears = 731;

/** @returns an example in words of a start from which the lower limit ends later; undefined if there is none */
function comparing({
  calendar,
  policies,
  from,
}: Rules): (upper: Length, lower: Length) => string | undefined {
  const dates = createDueDates({ calendar });
  const dueOf = ({ text, unit }: Length, start: Date): Date =>
    dates.due({ kind: 'duration', text, unit, edge: 'end' }, start, { policies }).at;
  const exampleOf = (upper: Length, lower: Length): string | undefined => {
    for (let day = from; day < from + twoYears; day++) {
      for (const time of timesOfDay) {
        const start = new Date(startOfDay(day).getTime() + time);
        const [first, second] = [dueOf(upper, start), dueOf(lower, start)];
        if (second > first)
          return `自 ${minuteOf(start)} 起算，前者到 ${minuteOf(first)}，后者到 ${minuteOf(second)}`;
      }
    }
    return undefined;
  };
  const known = new Map<string, string | undefined>();
  return (upper, lower) => {
    const pair = `${inWords(upper)} ${inWords(lower)}`;
    if (!known.has(pair)) known.set(pair, exampleOf(upper, lower));
    return known.get(pair);
  };
}

const minuteOf = (instant: Date): string => toShanghaiIso(instant).slice(0, 16).replace('T', ' ');
