/** The sources that apply beside a package's regulation, checked against its vocabulary and its limits. */
import { z } from 'zod';
import { entryTypes } from '../../../accountability/events/index.js';
import { defaultCalendar, type WorkingCalendar } from '../../../calendar/index.js';
import { dayNumberOf, parseCivilDate, startOfDay } from '../../../kernel/civil-date.js';
import { packageHas, packageJson, packageManifest } from '../../../kernel/package-content.js';
import type { PolicyValues } from '../../../kernel/timer-spec.js';
import { policiesOf, shippedPolicies, type Decision, type PolicyDefinition } from '../../policy/index.js';
import type { Catalogue } from '../model/index.js';
import { conflictsOf, type Conflict, type Rules } from './conflicts.js';
import { sourceSchema, type Clause, type Source } from './content.js';

/** The sources that the package lists in `regulation/sources.json`; none if it has no list. @throws {Error} in Chinese */
export function readSources(): readonly Source[] {
  const list = 'regulation/sources.json';
  if (!packageHas(list)) return [];
  return z
    .array(z.string().regex(/^[a-z0-9-]+$/))
    .parse(packageJson(list))
    .map((key) => {
      const source = sourceSchema.parse(packageJson(`regulation/sources/${key}.json`));
      if (source.key !== key) throw new Error(`sources/${key}.json 里面是 ${source.key}`);
      return source;
    });
}

/** Deeds and measures of the base, whether or not the city's law has them. */
function ofBase(): ReadonlySet<string> {
  const { base } = packageManifest();
  const named = (file: string): unknown =>
    base && packageHas(file, base.folder) ? packageJson(file, base.folder) : {};
  const { deeds = [] } = named('regulation/catalogue/deeds.json') as {
    readonly deeds?: readonly { readonly name: string }[];
  };
  const { measures = {} } = named('regulation/catalogue/measures.json') as { readonly measures?: object };
  return new Set([...deeds.map(({ name }) => name), ...Object.keys(measures)]);
}

/** Evidence that neither the city's law, its base nor the program has. In Chinese. */
const missingEvidence = (sources: readonly Source[], catalogue: Catalogue): readonly string[] =>
  sources.flatMap(({ title, clauses }) =>
    clauses.flatMap((clause) =>
      lacking(clause, catalogue).map((what) => `《${title}》${clause.place ?? clause.id}：没有${what}`),
    ),
  );

function lacking({ evidence: { deeds, measures, entries } }: Clause, catalogue: Catalogue): string[] {
  const { vocabulary, measures: counted } = catalogue;
  const shared = ofBase();
  return [
    ...deeds
      .filter((deed) => !shared.has(deed) && !vocabulary.deeds.some(({ name }) => name === deed))
      .map((it) => `行为 ${it}`),
    ...measures.filter((key) => !shared.has(key) && !(key in counted.measures)).map((it) => `考核的量 ${it}`),
    ...entries.filter((type) => !entryTypes.some((known) => known === type)).map((it) => `条目 ${it}`),
  ];
}

export interface InForce {
  readonly catalogue: Catalogue;
  readonly policies: PolicyValues;
  readonly calendar: WorkingCalendar;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string;
}

/** Conflicts of the package's sources with what is in force. */
export const sourceConflicts = (
  sources: readonly Source[],
  { catalogue, policies, calendar, day }: InForce,
): readonly Conflict[] =>
  conflictsOf({
    ...{ catalogue, sources, policies, calendar },
    policy: lengthsOf(shippedPolicies().all, policies),
    from: dayNumberOf(parseCivilDate(day)),
  });

const lengthsOf =
  (all: readonly PolicyDefinition[], policies: PolicyValues): Rules['policy'] =>
  (key) => {
    const [found, text] = [all.find((one) => one.key === key), policies.value(key)];
    if (found?.kind !== 'length' || text === undefined) return undefined;
    return { text, label: found.label, unit: found.unit === 'working-days' ? found.unit : 'natural' };
  };

/**
 * Like `sourceConflicts` for the package as shipped.
 *
 * @param decisions of policies that override the shipped values; only what limits those is compared
 */
export function shippedConflicts(
  catalogue: Catalogue,
  day: string,
  decisions: readonly Decision[] = [],
): readonly Conflict[] {
  const isAsked = ({ clauses }: Source): boolean =>
    clauses.some(({ limits }) => limits.some(({ policy }) => decisions.some(({ key }) => key === policy)));
  const sources = decisions.length === 0 ? readSources() : readSources().filter(isAsked);
  if (sources.length === 0) return [];
  const policies = policiesOf(shippedPolicies(), decisions).at(startOfDay(dayNumberOf(parseCivilDate(day))));
  return sourceConflicts(sources, { catalogue, day, policies, calendar: defaultCalendar() });
}

/** Rules that a higher binding source forbids, under a version of the law and decisions. In Chinese. */
export const laxerThanAllowed = (...asked: Parameters<typeof shippedConflicts>): readonly string[] =>
  shippedConflicts(...asked).flatMap(({ kind, sentence }) =>
    kind === 'error' ? [`下位的不得比上位的宽：${sentence}`] : [],
  );

/**
 * Reads the sources and checks them against every version of the package, over the two years from
 * its first day in force: whoever starts the program later gets the same answer.
 *
 * @throws {Error} in Chinese: evidence that does not exist; a rule that a higher one forbids
 */
export function assertSourcesAgree(catalogues: readonly Catalogue[]): void {
  const sources = readSources();
  const wrong = catalogues.flatMap((catalogue) => [
    ...missingEvidence(sources, catalogue),
    ...laxerThanAllowed(catalogue, catalogue.version.inForceFrom),
  ]);
  if (wrong.length > 0) throw new Error(`前后不合：\n${[...new Set(wrong)].join('\n')}`);
}
