/**
 * Finds what an amendment affects: elements of diagrams, policies, scenarios and texts that depend
 * on what it changes.
 */
import type { ElementAnnotation } from '../../../engine/model/index.js';
import type { CatalogueContent } from '../model/content.js';
import { actsOf } from '../model/deeds.js';
import type { ScenarioProvisions } from '../model/coverage.js';
import { articleIdOf, overlaps, provisionLabel } from '../model/provision-id.js';
import type { Change } from './changes.js';

/** What depends on the law, as far as the caller knows it. */
export interface Surroundings {
  readonly diagrams: readonly { readonly process: string; readonly elements: readonly ElementAnnotation[] }[];
  readonly policies: readonly { readonly key: string; readonly label: string; readonly article: string }[];
  readonly scenarios: readonly ScenarioProvisions[];
  /** Sources of decision tables. */
  readonly tables: readonly { readonly name: string; readonly title: string; readonly text: string }[];
  /** Texts for people: notices, messages, publications. */
  readonly documents: readonly { readonly name: string; readonly title: string; readonly text: string }[];
}

interface Touched {
  readonly name: string;
  readonly title: string;
  /** The reason, in Chinese. */
  readonly why: string;
}

export interface Impact {
  readonly norms: readonly string[];
  readonly provisions: readonly { readonly id: string; readonly label: string }[];
  readonly elements: readonly (Touched & { readonly process: string })[];
  readonly policies: readonly Touched[];
  readonly scenarios: readonly Touched[];
  readonly tables: readonly Touched[];
  readonly documents: readonly Touched[];
  /** Norms that require an element, but that no diagram in force implements. */
  readonly undrawn: readonly string[];
}

type Norm = CatalogueContent['chapters'][number]['articles'][number]['norms'][number];

export function impactOf(
  changes: readonly Change[],
  versions: { readonly before: CatalogueContent; readonly after: CatalogueContent },
  around: Surroundings,
): Impact {
  const all = [versions.before, versions.after].flatMap(normsOf);
  const of = (thing: Change['thing']): Set<string> =>
    new Set(changes.filter((change) => change.thing === thing).map(({ id }) => id));
  const [deeds, clocks, levels] = [of('deed'), of('clock'), of('level')];
  const ids = of('norm');
  for (const norm of all) {
    const { id, duty } = norm;
    if (duty && (clocks.has(duty.clock ?? '') || actsOf(duty).some(({ deed }) => deeds.has(deed))))
      ids.add(id);
  }
  const norms = all.filter(({ id }) => ids.has(id));
  // A change of the rule itself affects elements that do or measure it; a change of its words does
  // not.
  for (const { thing, id, field } of changes) {
    if (thing !== 'norm' || !ofRule.has(field)) continue;
    for (const { duty } of all.filter((norm) => norm.id === id)) if (duty?.clock) clocks.add(duty.clock);
  }
  const changed = changes.flatMap(({ provision }) => (provision === null ? [] : [provision]));
  const provisions = [...new Set([...changed, ...norms.flatMap((norm) => norm.provisions)])].sort(inOrder);
  const policies = new Set(norms.flatMap(({ openPoints }) => openPoints.flatMap((point) => point.policies)));
  const labels = [...new Set(provisions.map((place) => provisionLabel(articleIdOf(place))))];
  return {
    norms: [...ids].sort(),
    provisions: provisions.map((id) => ({ id, label: provisionLabel(id) })),
    elements: around.diagrams.flatMap(({ process, elements }) =>
      elements.flatMap((element) => {
        const why = whyElement(element, { ids, deeds, clocks, levels });
        return why === '' ? [] : [{ process, name: element.id, title: element.name || element.id, why }];
      }),
    ),
    undrawn: normsOf(versions.after).flatMap(({ id, enforceable }) => {
      const isDrawn = around.diagrams.some(({ elements }) =>
        elements.some((element) => element.norms.some(({ norm }) => norm === id)),
      );
      return enforceable && ids.has(id) && !isDrawn ? [id] : [];
    }),
    policies: around.policies.flatMap(({ key, label, article }) => {
      const own = policies.has(key) ? '决定这项义务的留白' : '';
      const here = provisions.some((place) => overlaps(place, article))
        ? `依 ${provisionLabel(article)}`
        : '';
      return own || here ? [{ name: key, title: label, why: own || here }] : [];
    }),
    scenarios: around.scenarios.flatMap(({ name, title, provisions: told }) => {
      const hit = told.filter((one) => provisions.some((place) => overlaps(place, one)));
      return hit.length > 0 ? [{ name, title, why: hit.map(provisionLabel).join('、') }] : [];
    }),
    tables: containing([...labels, ...outdatedPhrases(changes), ...durations(changes)], around.tables),
    documents: containing([...labels, ...outdatedPhrases(changes)], around.documents),
  };
}

const normsOf = ({ chapters }: CatalogueContent): Norm[] =>
  chapters.flatMap(({ articles }) => articles.flatMap(({ norms }) => norms));

const ofRule = new Set(['期限', '由哪些行为引起', '由哪些行为履行', '哪个期限届满即违反', '谁']);

interface Sets {
  readonly ids: ReadonlySet<string>;
  readonly deeds: ReadonlySet<string>;
  readonly clocks: ReadonlySet<string>;
  readonly levels: ReadonlySet<string>;
}

function whyElement(element: ElementAnnotation, { ids, deeds, clocks, levels }: Sets): string {
  const why = [
    ...[...new Set(element.norms.map(({ norm }) => norm))]
      .filter((norm) => ids.has(norm))
      .map((norm) => `为 ${norm} 而设`),
    ...(element.clock !== null && clocks.has(element.clock) ? ['计这个期限'] : []),
    ...(element.deeds.some(({ name }) => deeds.has(name)) ? ['做这个行为'] : []),
    ...(element.level !== null && levels.has(element.level) ? ['给这个级别'] : []),
  ];
  return why.join('，');
}

const outdatedPhrases = (changes: readonly Change[]): readonly string[] => [
  ...gone(changes),
  ...renamed(changes),
];

/** Texts that still say what the amendment changes. */
export const outdated = (
  changes: readonly Change[],
  documents: Surroundings['documents'],
): readonly Touched[] => containing(outdatedPhrases(changes), documents);

const containing = (phrases: readonly string[], documents: Surroundings['documents']): readonly Touched[] =>
  documents.flatMap(({ name, title, text }) => {
    const hit = phrases.filter((phrase) => text.includes(phrase));
    return hit.length > 0 ? [{ name, title, why: `写有“${hit.join('”“')}”` }] : [];
  });

/** Durations in the texts that no longer apply: `五个工作日`, `5 个工作日`. */
function gone(changes: readonly Change[]): string[] {
  const lengths = changes.flatMap(({ before, after }) => {
    const said = [...(before ?? '').matchAll(/[\d一二三四五六七八九十]+ ?个(?:工作日|自然日|小时|月)/g)].map(
      ([one]) => one,
    );
    return said.filter((one) => !(after ?? '').includes(one));
  });
  return [...new Set(lengths.flatMap((one) => [one, one.replace(' ', ''), inChinese(one)]))];
}

/** The same durations as a table holds them: `"P5D"`, `"PT4H"`. */
const durations = (changes: readonly Change[]): string[] =>
  gone(changes).flatMap((one) => {
    const [, count, unit = ''] = /^(\d+)个(工作日|自然日|小时|月)/.exec(one) ?? [];
    return count === undefined ? [] : [`"P${unit === '小时' ? 'T' : ''}${count}${unitLetters[unit] ?? 'D'}"`];
  });
const unitLetters: Readonly<Record<string, string>> = { 小时: 'H', 月: 'M' };

/** Former names of levels. */
const renamed = (changes: readonly Change[]): string[] =>
  changes.flatMap(({ thing, field, before }) =>
    thing === 'level' && field === '名称' && before !== null ? [before] : [],
  );

const digits = '零一二三四五六七八九十';
const inChinese = (length: string): string =>
  length.replace(/^(\d{1,2}) ?/, (_, number: string) => digits[Number(number)] ?? number);

/** Sorts by article, paragraph and item. */
const inOrder = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });
