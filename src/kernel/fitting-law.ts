/** What a base's diagrams ask of a city's law, from the package's files as they are, before zod reads them. */
import type { FittingLaw } from './diagram-fit.js';

interface Vocabulary {
  readonly clocks: readonly { readonly key: string; readonly limit?: unknown }[];
  readonly deeds: readonly { readonly name: string }[];
}
interface Chapter {
  readonly articles: readonly WrittenArticle[];
}
interface WrittenArticle {
  readonly article: number;
  readonly inserted?: number | null;
  readonly paragraphs: readonly { readonly words: string; readonly items?: readonly string[] }[];
  readonly norms: readonly WrittenNorm[];
}
interface WrittenNorm {
  readonly id: string;
  readonly says: string;
  readonly provisions: readonly string[];
  readonly limit?: unknown;
  readonly duty?: {
    readonly clock?: string;
    readonly discharged?: readonly (readonly { readonly deed: string }[])[];
  };
  readonly power?: {
    readonly decided?: readonly { readonly deed: string }[];
    readonly used?: readonly { readonly deed: string }[];
  };
}

/** Its paragraphs and items, without the sign that ends them. */
function wordsIn({ article, inserted, paragraphs }: WrittenArticle): [string, string][] {
  const id = `art${String(article)}${typeof inserted === 'number' ? `-${String(inserted)}` : ''}`;
  const bare = (text: string): string => text.replace(/[；。，：]+$/, '');
  return paragraphs.flatMap(({ words, items = [] }, index): [string, string][] => [
    [`${id}.p${String(index + 1)}`, bare(words)],
    ...items.map((item, place): [string, string] => [
      `${id}.p${String(index + 1)}.i${String(place + 1)}`,
      bare(item),
    ]),
  ]);
}

/** @param has whether the package has a process */
export function fittingLaw(
  { vocabulary, chapters }: { readonly vocabulary: unknown; readonly chapters: readonly unknown[] },
  sheet: unknown,
  has: (process: string) => boolean,
): FittingLaw {
  const { clocks, deeds } = vocabulary as Vocabulary;
  const articles = (chapters as readonly Chapter[]).flatMap((chapter) => chapter.articles);
  const norms = articles.flatMap((one) => one.norms);
  const words = new Map(articles.flatMap(wordsIn));
  const { intake } = sheet as {
    readonly intake: { readonly waysOut: readonly { readonly key: string }[] };
  };
  const limited = [
    ...clocks.flatMap(({ key, limit }) => (limit ? [key] : [])),
    ...norms.flatMap(({ limit, duty }) => (limit && duty?.clock !== undefined ? [duty.clock] : [])),
  ];
  const known = new Set([
    ...deeds.map(({ name }) => `deeds/${name}`),
    ...limited.map((key) => `clocks/${key}`),
    ...intake.waysOut.map(({ key }) => `ways/${key}`),
  ]);
  const about = ({ duty, power }: WrittenNorm): readonly string[] => [
    ...(duty?.discharged ?? []).flat().map(({ deed }) => `deeds/${deed}`),
    ...(power?.decided ?? []).map(({ deed }) => `deeds/${deed}`),
    ...(duty?.clock === undefined ? [] : [`clocks/${duty.clock}`]),
  ];
  const uses = ({ power }: WrittenNorm): readonly string[] =>
    (power?.used ?? []).map(({ deed }) => `deeds/${deed}`);
  return {
    has: (path) => known.has(path) || (path.startsWith('processes/') && has(path.slice('processes/'.length))),
    normsOf: (path) =>
      norms.flatMap((norm) =>
        about(norm).includes(path) || uses(norm).includes(path)
          ? [
              {
                id: norm.id,
                ...(about(norm).includes(path) ? {} : { isPower: true }),
                provisions: norm.provisions.map((id) => ({ id, words: words.get(id) ?? norm.says })),
              },
            ]
          : [],
      ),
  };
}
