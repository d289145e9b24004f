/**
 * Extracts what the radar knows of a sheet from the sheet's entries. Pure; deeds and limits are
 * those of the package.
 */
import { beginning, matches, step, type Course, type DoneDeed } from '../../accountability/course/index.js';
import { actorOf, reads, recordedAtOf, type Entry } from '../../accountability/events/index.js';
import { rulesOf, type Catalogue } from '../../law/regulation/index.js';
import type { SheetFacts, Step } from './facts.js';
import type { ActName, RadarRules } from './rules.js';

/** Data of a sheet outside its trail. */
export interface Beside {
  readonly no: string;
  readonly district: string;
  readonly caller: string | undefined;
  /** By entry number: a normalised text, equal for texts alike. */
  readonly texts: ReadonlyMap<number, string>;
}

const looked = reads('act', 'moves', 'sheet', 'sheet.merged', 'attachment.added');

const nothing: ReadonlySet<ActName> = new Set();

/** @param trail all entries of the sheet, in order */
export function sheetFacts(
  rules: RadarRules,
  catalogue: Catalogue,
  beside: Beside,
  trail: readonly Entry[],
): SheetFacts | undefined {
  const [first] = trail;
  if (!first) return undefined;
  const words = rulesOf(catalogue);
  const acts = Object.entries(rules.acts) as [ActName, NonNullable<RadarRules['acts'][ActName]>][];
  const doneBy = (deeds: readonly DoneDeed[]): ReadonlySet<ActName> =>
    deeds.length === 0
      ? nothing
      : new Set(
          acts.flatMap(([name, any]) =>
            any.some((act) => deeds.some(({ deed }) => matches(act, deed))) ? [name] : [],
          ),
        );
  const steps: Step[] = [];
  let course = beginning;

  for (const entry of trail) {
    const before = course;
    course = step(before, entry, words);
    if (!looked(entry)) continue;
    const due = nearest(before, rules.limits);
    const { handedTo, deeds } = course.turn;
    const text = beside.texts.get(entry.seq);
    const recordedAt = recordedAtOf(entry);
    steps.push({
      seq: entry.seq,
      at: entry.at,
      recordedAt: recordedAt === undefined ? entry.at : new Date(recordedAt),
      actor: actorOf(entry) ?? '',
      unit: before.unit ?? '',
      does: doneBy(deeds),
      ...(handedTo === undefined ? {} : { handedTo }),
      ...(due ? { due } : {}),
      ...(entry.type === 'sheet.corrected' && course.kind !== before.kind
        ? { kind: { from: before.kind, to: course.kind } }
        : {}),
      ...(entry.type === 'attachment.added' && rules.evidence.includes(entry.body.shows)
        ? { attached: true as const }
        : {}),
      ...(entry.type === 'sheet.merged' && entry.body.member === beside.no
        ? { mergedInto: entry.body.lead }
        : {}),
      ...(text === undefined ? {} : { text }),
    });
  }
  const { no, district, caller } = beside;
  const { area, kind } = course;
  return {
    no,
    receivedAt: first.at,
    district,
    area,
    kind,
    ...(caller === undefined ? {} : { caller }),
    steps,
  };
}

/** The earliest due instant of the running limits. */
function nearest({ processes }: Course, clocks: readonly string[]): Date | undefined {
  let first: Date | undefined;
  for (const { timers } of processes)
    for (const { clock, due, fired } of timers)
      if (due && !fired && clock !== undefined && clocks.includes(clock) && (!first || due < first))
        first = due;
  return first;
}
