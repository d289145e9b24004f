/** Writes the package of a new city from its law's text and the answers: the same answers give the same bytes. Pure. */
import { Refusal } from '../../../kernel/index.js';
import type { Json } from '../../../kernel/package-merge.js';
import { provisionLabel } from '../../../law/regulation/index.js';
import type { LawArticle, LawText } from '../../../law/regulation/index.js';
import type { Acts, LawAct } from './acts.js';
import type { Answers, NormAnswer } from '../answers/index.js';
import { inquire, sentencesOf, wordsAt, type AnswerFault } from './inquiry.js';
import type { Numbered } from './numbered.js';
import { playsOf } from './plays.js';
import { printJson } from './print.js';

/**
 * Files by path.
 *
 * @param follows the folder of the package whose law this one replaces, from the new package's
 * @throws {Refusal} `package.text-invalid`: the text is no law, or a damaged one; `package.answers-invalid`:
 *   an article without answer, or one that contradicts the text
 */
export function newPackage(
  law: LawText,
  acts: Acts,
  answers: Answers,
  follows?: string,
): ReadonlyMap<string, string> {
  assertWhole(law);
  assertAnswered(inquire(law, acts, answers).faults);
  const norms = numbered(law, answers);
  const done = doneIn(norms);
  const version = answers.law.version ?? (law.inForceFrom ?? answers.law.inForceFrom ?? '').slice(0, 4);
  const folder = `regulation/catalogue/${version}`;
  const files: [string, Json][] = [
    ['regulation/city.json', manifest(acts, answers, norms, follows)],
    [`${folder}/version.json`, versionOf(law, answers, version)],
    [`${folder}/purposes.json`, purposesOf(acts, answers, norms)],
    ...law.chapters.map(({ chapter, title, articles }): [string, Json] => [
      `${folder}/chapter-${chapter}.json`,
      {
        ...{ chapter, title },
        articles: articles.map((article) => articleOf(article, acts, answers, norms)),
      },
    ]),
    ...playsOf(acts, norms, done),
  ];
  return new Map(files.map(([path, content]) => [path, printJson(content)]));
}

/** @throws {Refusal} `package.answers-invalid` */
export function assertAnswered(faults: readonly AnswerFault[]): void {
  if (faults.length === 0) return;
  throw new Refusal(
    'package.answers-invalid',
    faults
      .map(
        ({ where, what, fix, inFile }) => `${where}：${what}。怎么办：${fix}${inFile ? `（${inFile}）` : ''}`,
      )
      .join('\n'),
    { remedy: '逐条改正以后再写；什么也没有写下' },
  );
}

/** @throws {Refusal} `package.text-invalid` */
export function assertWhole({ faults }: LawText): void {
  if (faults.length === 0) return;
  throw new Refusal(
    'package.text-invalid',
    faults.map(({ line, what, fix }) => `第 ${line} 行：${what}。怎么办：${fix}`).join('\n'),
    { remedy: '改正条文的文件以后再来；什么也没有写下' },
  );
}

function numbered(law: LawText, { articles, city }: Answers): Numbered[] {
  const norms = law.chapters
    .flatMap((chapter) => chapter.articles)
    .flatMap((article) => {
      const answer = articles[article.id];
      return Array.isArray(answer)
        ? answer.map((norm) => ({ ...norm, at: norm.at ?? [article.id], article }))
        : [];
    });
  return norms.map((norm, index) => ({ ...norm, id: `${city.letter}${String(index + 1).padStart(2, '0')}` }));
}

const doneIn = (norms: readonly Numbered[]): ReadonlySet<string> =>
  new Set(norms.flatMap(({ does }) => does ?? []));

/** Clocks that a norm of the law limits. */
const limitedIn = (acts: Acts['acts'], norms: readonly Numbered[]): ReadonlySet<string> =>
  new Set(norms.flatMap(({ does, within }) => (within ? (acts[does ?? '']?.norm.duty?.clock ?? []) : [])));

/** What the base has for acts and limits that the law lacks is dropped. */
function manifest(
  { extends: base, acts, purposes }: Acts,
  answers: Answers,
  norms: readonly Numbered[],
  follows: string | undefined,
): Json {
  const { city, titles } = answers;
  const [done, limited] = [doneIn(norms), limitedIn(acts, norms)];
  const entries = Object.entries(acts);
  const kept = new Set(entries.flatMap(([key, { records }]) => (done.has(key) ? records : [])));
  const clocks = entries.flatMap(([, { norm }]) => norm.duty?.clock ?? []);
  const drops = new Set([
    ...entries.flatMap(([, { records }]) => records.filter((record) => !kept.has(record))),
    ...clocks.filter((clock) => !limited.has(clock)).map((clock) => `deeds/clocks/${clock}`),
  ]);
  const replaces = Object.keys(purposesIn(acts, norms)).filter((purpose) => purposes.includes(purpose));
  return {
    format: 1,
    key: city.key,
    extends: base,
    ...(follows === undefined ? {} : { follows }),
    ...(Object.keys(titles).length > 0 ? { titles } : {}),
    ...(replaces.length > 0 ? { replaces: replaces.map((purpose) => `purposes/purposes/${purpose}`) } : {}),
    drops: [...drops].sort(),
  };
}

function versionOf(law: LawText, { city, law: said }: Answers, version: string): Json {
  const approvedOn = law.approvedOn ?? said.approvedOn ?? null;
  return {
    key: `${city.key}-12345`,
    title: said.title ?? law.title,
    version,
    adoptedOn: law.adoptedOn ?? said.adoptedOn ?? '',
    approvedOn,
    inForceFrom: law.inForceFrom ?? said.inForceFrom ?? '',
    inForceTo: null,
    articles: law.chapters.flatMap(({ articles }) => articles).filter(({ id }) => !id.includes('-')).length,
    source: said.source ?? `${law.title}，公布的全文`,
  };
}

/** Provisions by purpose, or norms by what they limit: of acts, and of what an answer says it serves. */
function grouped(
  norms: readonly Numbered[],
  names: (norm: Numbered) => readonly string[],
  of: (norm: Numbered) => readonly string[],
): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const norm of norms)
    for (const name of names(norm)) {
      const list = (found[name] ??= []);
      list.push(...of(norm).filter((one) => !list.includes(one)));
    }
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const purposesIn = (acts: Acts['acts'], norms: readonly Numbered[]): Record<string, string[]> =>
  grouped(
    norms,
    ({ does, serves = [] }) => [...(acts[does ?? '']?.purposes ?? []), ...serves],
    ({ at }) => at,
  );

function purposesOf({ acts }: Acts, { city, parties }: Answers, norms: readonly Numbered[]): Json {
  const grounds = norms.filter(({ does }) => acts[does ?? '']?.supervises === true);
  return {
    city: city.names,
    titles: { bearers: parties },
    norms: grouped(
      norms,
      ({ does }) => acts[does ?? '']?.norms ?? [],
      ({ id }) => [id],
    ),
    ...(grounds.length > 0
      ? {
          supervision: {
            grounds: grounds.flatMap(({ at, article }) =>
              at.map((provision) => ({ provision, says: brief(wordsOf(article, provision)) })),
            ),
          },
        }
      : {}),
    purposes: purposesIn(acts, norms),
  };
}

function articleOf(
  article: LawArticle,
  { acts }: Acts,
  { articles }: Answers,
  norms: readonly Numbered[],
): Json {
  const answer = articles[article.id];
  const [, number = '', inserted] = /^art(\d+)(?:-(\d+))?$/.exec(article.id) ?? [];
  return {
    article: Number(number),
    ...(inserted === undefined ? {} : { inserted: Number(inserted) }),
    heading: heading(article.paragraphs[0]?.words ?? ''),
    ...(article.section === undefined ? {} : { section: article.section }),
    paragraphs: article.paragraphs.map(({ words, items }) => ({
      words,
      ...(items.length > 0 ? { items: [...items] } : {}),
    })),
    norms: norms.filter((norm) => norm.article === article).map((norm) => normOf(norm, acts, norms)),
    ...(typeof answer === 'string' ? { withoutNorm: answer } : {}),
  };
}

function normOf(norm: Numbered, acts: Acts['acts'], norms: readonly Numbered[]): Json {
  const { id, at, article, who, binding, says, does, outside, within, extension, unless } = norm;
  const act = does === undefined ? undefined : acts[does];
  const said = {
    id,
    provisions: at,
    bearers: who,
    modality: binding,
    ...(act ? {} : { kind: 'maintenance', trigger: '始终' }),
    says: says ?? brief(wordsAt(article, at)),
    certainty: 'V',
    ...(within ? { limit: within } : {}),
    ...(extension ? { extension } : {}),
    ...(unless === undefined ? {} : { exception: unless }),
  };
  const rule = act
    ? { enforceable: true, ...act.norm, ...dutyOf(does ?? '', act, acts, norms), ...unowed(binding, act) }
    : { enforceable: false, reason: outside ?? '' };
  return { ...said, ...rule } as Json;
}

/** What may be done, though the law says “shall”: nobody violates it by not doing it. */
const unowed = (binding: NormAnswer['binding'], { norm }: LawAct): object =>
  binding === 'shall' && !norm.duty ? { unowed: '有这种情形才做的程序：没有一件非做不可' } : {};

/** The duty with its clock if the law limits it, and with what other acts of the law end it. */
function dutyOf(key: string, { norm }: LawAct, acts: Acts['acts'], norms: readonly Numbered[]): object {
  if (!norm.duty) return {};
  const { clock, void: before = [], ...duty } = norm.duty as LawDuty;
  const ends = [...before, ...[...doneIn(norms)].flatMap((act) => acts[act]?.voids[key] ?? [])];
  return {
    duty: {
      ...duty,
      ...(clock !== undefined && limitedIn(acts, norms).has(clock) ? { clock } : {}),
      ...(ends.length > 0 ? { void: ends } : {}),
    },
  };
}

interface LawDuty {
  readonly clock?: string;
  readonly void?: readonly object[];
}

const wordsOf = (article: LawArticle, place: string): string =>
  sentencesOf(article).find(({ provision }) => provision === place)?.words ?? provisionLabel(place);

const longest = 90;

/** The first clauses of a sentence. */
function brief(words: string): string {
  const trimmed = words.replace(/[；。：]+$/, '');
  if (trimmed.length <= longest) return trimmed;
  const cut = Math.max(...['，', '；', '。', '、'].map((sign) => trimmed.lastIndexOf(sign, longest)));
  return `${trimmed.slice(0, cut > 20 ? cut : longest)}……`;
}

const heading = (words: string): string =>
  (/^[^，。；：]{1,24}/.exec(words)?.[0] ?? words.slice(0, 24)).trim();
