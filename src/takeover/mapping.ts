/**
 * An officer's mapping of another system's log: the meaning of columns, the deeds behind
 * activities, the translation of values, and the length of limits for which the regulation gives no
 * number.
 */
import { z } from 'zod';
import { Refusal } from '../kernel/index.js';
import { findingsInChinese } from '../kernel/chinese-findings.js';
import type { Catalogue, Shown } from '../law/regulation/index.js';

const column = z.string().min(1);
const scalar = z.union([z.string(), z.boolean(), z.number()]);
const deed = z.string().min(1);

/** A fact: a constant, or the value of a column. */
const factSchema = z.union([z.strictObject({ value: scalar }), z.strictObject({ column })]);

/** How an act moves a running limit: to a day or instant in a column, or by this many working days. */
const moveSchema = z.union([
  z.strictObject({ until: column }),
  z.strictObject({ workingDays: z.union([z.number().int().min(0).max(365), column]) }),
]);

const deedSchema = z.strictObject({
  deed,
  facts: z.record(z.string(), factSchema).default({}),
  /** Clock → how the act moves its limit (an extension). */
  moves: z.record(z.string(), moveSchema).default({}),
  /** Applies only to lines whose column has one of these values. */
  when: z.strictObject({ column, is: z.array(z.string()).min(1) }).optional(),
});

const lengthSchema = z.union([
  z.strictObject({ workingDays: z.number().int().min(0).max(365) }),
  z.strictObject({ hours: z.number().int().min(1).max(8760) }),
  z.strictObject({ days: z.number().int().min(1).max(3650) }),
]);

/** Length of a clock of the regulation in this log. */
const limitSchema = z.union([
  lengthSchema,
  z.strictObject({ policy: z.string().min(1) }),
  /** The last instant, or the last day, from the line that opens the duty or from a later one. */
  z.strictObject({ due: column }),
  /** By a column's value on the case's lines. */
  z.strictObject({ by: column, lengths: z.record(z.string(), lengthSchema) }),
]);

export const mappingSchema = z.strictObject({
  format: z.enum(['csv', 'xes', 'camunda7']).optional(),
  encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']).default('utf-8'),
  delimiter: z.string().length(1).optional(),
  case: column,
  activity: column,
  instant: z.strictObject({
    column,
    /** Format of date-fns; default: ISO 8601 and 2026-3-1 9:05 (:07). */
    format: z.string().min(1).optional(),
    /** IANA time zone of instants without one. */
    zone: z.string().min(1).optional(),
  }),
  unit: column.optional(),
  person: column.optional(),
  /** The column that distinguishes several orders or requests of one case. */
  object: column.optional(),
  /** Filters lines by a column's value: in XES, those that are complete. */
  only: z.strictObject({ column, is: z.array(z.string()).min(1) }).optional(),
  /** Role of the regulation that a person has, by a column. */
  role: z.strictObject({ column, roles: z.record(z.string(), z.string()) }).optional(),
  /** Column → value in the log → value in the regulation. */
  values: z.record(column, z.record(z.string(), scalar)).default({}),
  /** An empty list means no deed of the regulation. */
  activities: z.record(z.string(), z.array(deedSchema)),
  limits: z.record(z.string(), limitSchema).default({}),
  /** Columns with the old system's start and end of a limit. */
  recorded: z
    .record(z.string(), z.strictObject({ start: column.optional(), due: column.optional() }))
    .default({}),
  /** Until when the log is complete; default: its last instant. */
  asOf: z.iso.datetime({ offset: true }).optional(),
});

export type Mapping = z.output<typeof mappingSchema>;
/** The mapping as written, where fields with defaults may be missing. */
export type WrittenMapping = z.input<typeof mappingSchema>;
export type MappedDeed = z.output<typeof deedSchema>;

/**
 * @param where the file, for the refusal
 * @throws {Refusal} `input.invalid` naming every deed, fact, role and clock that the regulation
 * lacks
 */
export function readMapping(said: unknown, catalogue: Catalogue, where: string): Mapping {
  findingsInChinese();
  const read = mappingSchema.safeParse(said);
  if (!read.success) throw refused(where, z.prettifyError(read.error));
  const wrong = [...unknownNames(read.data, catalogue), ...unknownZone(read.data)];
  if (wrong.length > 0) throw refused(where, wrong.join('\n'));
  return read.data;
}

function unknownNames(mapping: Mapping, { vocabulary }: Catalogue): string[] {
  const roles = new Set(vocabulary.deeds.flatMap(({ by }) => by));
  const clocks = new Set(vocabulary.clocks.map(({ key }) => key));
  return [
    ...Object.entries(mapping.activities).flatMap(([activity, deeds]) =>
      deeds.flatMap(({ deed: name, facts, moves }) => {
        const meant = vocabulary.deeds.find((one) => one.name === name);
        if (!meant) return [`活动“${activity}”：条例的词汇里没有行为 ${name}`];
        return [
          ...Object.keys(facts)
            .filter((fact) => !(fact in meant.facts))
            .map((fact) => `活动“${activity}”：行为 ${name} 没有事实 ${fact}`),
          ...Object.keys(moves)
            .filter((clock) => !clocks.has(clock))
            .map((clock) => `活动“${activity}”：条例的词汇里没有期限 ${clock}`),
        ];
      }),
    ),
    ...Object.values(mapping.role?.roles ?? {})
      .filter((role) => !roles.has(role))
      .map((role) => `role：条例的词汇里没有岗位 ${role}`),
    ...[...Object.keys(mapping.limits), ...Object.keys(mapping.recorded)]
      .filter((clock) => !clocks.has(clock))
      .map((clock) => `条例的词汇里没有期限 ${clock}`),
  ];
}

function unknownZone({ instant: { zone } }: Mapping): string[] {
  if (zone === undefined) return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return [];
  } catch {
    return [`instant.zone：没有时区“${zone}”，写作 Asia/Shanghai`];
  }
}

const refused = (where: string, what: string): Refusal =>
  new Refusal('input.invalid', `对照表不对：\n${what}`, {
    where,
    remedy:
      '行为、事实、岗位、期限用 npx hotline regulation deeds 查；先用 npx hotline takeover propose 起草',
  });

/** Deeds that a log can show, with their facts. */
export const shownBy = ({ activities }: Mapping): readonly Shown[] =>
  Object.values(activities)
    .flat()
    .map(({ deed: name, facts }) => ({ deed: name, facts: Object.keys(facts) }));

/** Columns that a mapping reads besides case, activity and instant. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const facts = Object.values(mapping.activities).flatMap((deeds) =>
    deeds.flatMap(({ facts: stated, when, moves }) => [
      ...Object.values(moves).flatMap((move) => {
        const said = 'until' in move ? move.until : move.workingDays;
        return typeof said === 'string' ? [said] : [];
      }),
      ...Object.values(stated).flatMap((fact) => ('column' in fact ? [fact.column] : [])),
      ...(when ? [when.column] : []),
    ]),
  );
  const limits = Object.values(mapping.limits).flatMap((limit) =>
    'due' in limit ? [limit.due] : 'by' in limit ? [limit.by] : [],
  );
  const recorded = Object.values(mapping.recorded).flatMap(({ start, due }) => [start, due]);
  const others = [mapping.unit, mapping.person, mapping.object, mapping.role?.column, ...recorded];
  return [
    ...new Set([...facts, ...limits, ...others.filter((one): one is string => one !== undefined)]),
  ].sort();
}
