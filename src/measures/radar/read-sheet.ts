/** From the entries of one sheet to what the radar knows of it. Pure; deeds and limits are those of the package. */
import {
  actorOf,
  armedIn,
  dataOf,
  deedsIn,
  reads,
  recordedAtOf,
  textIn,
  textsIn,
  withdrawnIn,
  type Deed,
  type Entry,
} from '../../accountability/events/index.js';
import { matches, rulesOf, type Catalogue } from '../../law/regulation/index.js';
import type { SheetFacts, Step } from './facts.js';
import type { ActName, RadarRules } from './rules.js';
import { unitNamed } from '../../kernel/unit-name.js';

/** What is known of a sheet beside its trail. */
export interface Beside {
  readonly no: string;
  readonly district: string;
  readonly caller: string | undefined;
  /** By number of entry: what compares equal for equal texts. */
  readonly texts: ReadonlyMap<number, string>;
}

const looked = reads('act', 'moves', 'sheet', 'sheet.merged', 'attachment.added');

/** @param trail all entries of the sheet, in order */
export function sheetFacts(
  rules: RadarRules,
  catalogue: Catalogue,
  beside: Beside,
  trail: readonly Entry[],
): SheetFacts | undefined {
  const [first] = trail;
  if (!first) return undefined;
  const { fact, deed: registering } = catalogue.measures.kind;
  const deedRules = rulesOf(catalogue);
  const acts = Object.entries(rules.acts) as [ActName, RadarRules['acts'][ActName]][];
  const doneBy = (deeds: readonly Deed[]): ReadonlySet<ActName> =>
    new Set(
      acts.flatMap(([name, any]) =>
        any.some((act) => deeds.some((one) => matches(act, one))) ? [name] : [],
      ),
    );
  const limits = new Map<string, Date>();
  const steps: Step[] = [];
  let [unit, kind, area] = ['', '', ''];

  for (const entry of trail) {
    if (!looked(entry)) continue;
    const deeds = deedsIn(entry);
    const due = nearest(limits);
    let handedTo: string | undefined;
    const was = unit;
    for (const deed of deeds) {
      const { effect, holders } = deedRules.on(deed.name);
      if (effect === 'takes-back') unit = '';
      for (const { when, named } of holders) {
        if (named === null || !matches(when, deed)) continue;
        handedTo = unitNamed(deed.facts?.[named]);
        unit = handedTo ?? unit;
      }
      if (deed.name === registering) kind = textIn(deed.facts ?? {}, fact) ?? kind;
    }
    area = textsIn(dataOf(entry), 'classPath')[0] ?? area;
    const to = entry.type === 'sheet.corrected' ? textIn(dataOf(entry), fact) : undefined;
    const text = beside.texts.get(entry.seq);
    const recordedAt = recordedAtOf(entry);
    steps.push({
      seq: entry.seq,
      at: entry.at,
      recordedAt: recordedAt === undefined ? entry.at : new Date(recordedAt),
      actor: actorOf(entry) ?? '',
      unit: was,
      does: doneBy(deeds),
      ...(handedTo === undefined ? {} : { handedTo }),
      ...(due ? { due } : {}),
      ...(to !== undefined && to !== kind ? { kind: { from: kind, to } } : {}),
      ...(entry.type === 'attachment.added' && rules.evidence.includes(entry.body.shows)
        ? { attached: true as const }
        : {}),
      ...(entry.type === 'sheet.merged' && entry.body.member === beside.no
        ? { mergedInto: entry.body.lead }
        : {}),
      ...(text === undefined ? {} : { text }),
    });
    kind = to ?? kind;
    follow(limits, entry, rules.limits);
  }
  const { no, district, caller } = beside;
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

const nearest = (limits: ReadonlyMap<string, Date>): Date | undefined =>
  [...limits.values()].reduce<Date | undefined>(
    (one, other) => (one && one <= other ? one : other),
    undefined,
  );

/** Limits that run after the entry, by element. */
function follow(limits: Map<string, Date>, entry: Entry, clocks: readonly string[]): void {
  for (const element of withdrawnIn(entry)) limits.delete(element);
  for (const { element, clock, due } of armedIn(entry)) {
    if (clock === undefined ? !limits.has(element) : !clocks.includes(clock)) continue;
    if (due === null) limits.delete(element);
    else limits.set(element, new Date(due));
  }
  if (entry.type === 'timer.fired') limits.delete(entry.body.of);
  if (entry.type === 'deadline.recomputed' && limits.has(entry.body.of)) {
    limits.set(entry.body.of, new Date(entry.body.due));
  }
}
