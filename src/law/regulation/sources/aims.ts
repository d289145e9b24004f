/**
 * What is recommended and limits a clock: sources that do not bind, and what the city's law says one should do. The
 * holder is reminded and it is counted; nobody violates it. Pure.
 */
import { createDueDates, type WorkingCalendar } from '../../../calendar/index.js';
import { dereferenced, lengthOf as lengthIn } from '../../../kernel/limit.js';
import type { Law } from '../../../kernel/law.js';
import type { Way } from '../../../kernel/law-content.js';
import type { Adjustment, Length, PolicyValues } from '../../../kernel/timer-spec.js';
import { limitInWords, provisionLabel, type Catalogue } from '../model/index.js';
import { inWords, lengthOf } from './conflicts.js';
import type { Source } from './content.js';

export interface Aim {
  /** Source and clause, or the norm. */
  readonly key: string;
  /** Null: the city's law. */
  readonly source: string | null;
  readonly place: string;
  readonly says: string;
  readonly limit: string;
  readonly clock: string | null;
  /** The norms whose duties it limits. */
  readonly norms: readonly string[];
  readonly length: Length;
  readonly leadHours: number;
  /** Empty: whatever way. */
  readonly ways: readonly Way[];
}

export const aimsOf = (sources: readonly Source[], catalogue: Catalogue): readonly Aim[] => [
  ...sources.filter(({ binding }) => !binding).flatMap((source) => ofSource(source, catalogue)),
  ...ofLaw(catalogue),
];

const ofSource = ({ key, title, clauses }: Source, { norms }: Catalogue): Aim[] =>
  clauses.flatMap(({ id, place, says, limits }) =>
    limits.flatMap((limit): Aim[] => {
      const { clock, leadHours, ways } = limit;
      if (clock === undefined) return [];
      const length = lengthOf(limit);
      return [
        {
          ...{
            key: `${key} ${id}`,
            source: title,
            place: place ?? '条号不知道',
            says,
            clock,
            leadHours,
            ways,
          },
          ...{ length, limit: `至多 ${inWords(length)}` },
          norms: norms.flatMap((norm) => (norm.duty?.clock === clock ? [norm.id] : [])),
        },
      ];
    }),
  );

const ofLaw = ({ version, norms, norm: normOf }: Catalogue): Aim[] =>
  norms.flatMap(({ id, modality, provisions, says, limit, duty }): Aim[] => {
    const rule =
      modality === 'should' && duty && limit ? dereferenced(limit, (of) => normOf(of)?.limit) : undefined;
    const length = rule && lengthIn(rule, {});
    if (!length) return [];
    return [
      {
        ...{
          key: id,
          source: null,
          says,
          clock: duty?.clock ?? null,
          norms: [id],
          length,
          leadHours: 0,
          ways: [],
        },
        place: `《${version.title}》${provisions.map(provisionLabel).join('、')}`,
        limit: limitInWords(rule),
      },
    ];
  });

/** The source and the place of what is recommended. */
export const aimNamed = ({ source, place }: Aim): string =>
  source === null ? place : `《${source}》（${place}）`;

export interface Counting {
  readonly calendar: WorkingCalendar;
  readonly policies: PolicyValues;
}

/** When it should be done; undefined while the clock stands still. */
export function aimedAt(
  { length }: Aim,
  start: Date,
  { calendar, policies }: Counting,
  adjustments: readonly Adjustment[] = [],
): Date | undefined {
  const spec = { kind: 'duration', edge: 'end', ...length } as const;
  const { at, paused } = createDueDates({ calendar }).due(spec, start, { policies, adjustments });
  return paused ? undefined : at;
}

const hour = 3_600_000;

/** From when on the holder is reminded. */
export const remindedFrom = ({ leadHours }: Aim, aimed: Date): Date =>
  new Date(aimed.getTime() - leadHours * hour);

/** No clock that began later can have reached its reminder. */
export function latestStart({ length: { text, policy }, leadHours }: Aim, now: Date): Date {
  const [, days, hours] = /^P(?:(\d+)D|T(\d+)H)$/.exec(policy === undefined ? text : '') ?? [];
  const least = Number(hours ?? Number(days ?? 0) * 24);
  return new Date(now.getTime() - Math.max(0, least - leadHours) * hour);
}

/** Keys of the channels that it is about; null for all. */
export const listedChannels = (
  { ways }: Aim,
  { channels }: Pick<Law, 'channels'>,
): readonly string[] | null =>
  ways.length === 0 ? null : channels.flatMap(({ key, way }) => (ways.includes(way) ? [key] : []));
