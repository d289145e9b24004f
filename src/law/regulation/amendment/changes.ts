/** The difference of two versions of the regulation, side by side and in sentences. */
import type { Law } from '../../../kernel/law.js';
import type { CatalogueContent } from '../model/content.js';
import { factsOf, type Fact, type Thing } from './facts.js';

export interface Change {
  readonly thing: Thing;
  readonly id: string;
  /** The provision concerned; null if it belongs to no article. */
  readonly provision: string | null;
  /** What is changed, in Chinese, and in which field. */
  readonly about: string;
  readonly field: string;
  /** Null if it does not exist. */
  readonly before: string | null;
  readonly after: string | null;
  readonly sentence: string;
}

/**
 * Changes in the order of the law. The version's name, which every amendment changes, is left out.
 *
 * @param law with the names of roles and bearers
 */
export function changesOf(before: CatalogueContent, after: CatalogueContent, law: Law): readonly Change[] {
  const was = new Map(factsOf(before).map((fact) => [fact.key, fact]));
  const is = new Map(factsOf(after).map((fact) => [fact.key, fact]));
  const provisions = new Map([...provisionsIn(before), ...provisionsIn(after)]);
  const keys = [...is.keys(), ...[...was.keys()].filter((key) => !is.has(key))];
  return keys.flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    const fact = now ?? old;
    if (!fact || old?.value === now?.value || key === 'law version version') return [];
    // A field that only one version has, and that is empty there, is no change.
    if (!(old && now) && saysNothing(fact.value)) return [];
    return [changeOf(fact, old, now, { provisions, law })];
  });
}

const saysNothing = (value: string): boolean => /^(?:null|false|[[\]{}:,]|"\w+":)*$/.test(value);

function changeOf(
  { thing, id, about, field }: Fact,
  old: Fact | undefined,
  now: Fact | undefined,
  { provisions, law }: { readonly provisions: ReadonlyMap<string, string>; readonly law: Law },
): Change {
  const [before, after] = [old?.words(law) ?? null, now?.words(law) ?? null];
  return {
    ...{ thing, id, about, field, before, after },
    provision: thing === 'provision' ? id : thing === 'norm' ? (provisions.get(id) ?? null) : null,
    sentence:
      before === null
        ? `${about}：新写${field}“${after ?? ''}”`
        : after === null
          ? `${about}：删去${field}“${before}”`
          : `${about}：${field}由“${before}”改为“${after}”`,
  };
}

/** First provision of each norm. */
const provisionsIn = ({ chapters }: CatalogueContent): (readonly [string, string])[] =>
  chapters.flatMap(({ articles }) =>
    articles.flatMap(({ norms }) => norms.map(({ id, provisions }) => [id, provisions[0] ?? ''] as const)),
  );
