/** Drafts of new cities: the text of a law and what has been answered so far, over the engine of the command. */
import { packageJson, packageManifest } from '../../../kernel/package-content.js';
import { Refusal, type Clock } from '../../../kernel/index.js';
import { packageRoot } from '../../../kernel/package-root.js';
import type { Transaction } from '../../../platform/database/index.js';
import { provisionLabel, readLaw, type LawText } from '../../../law/regulation/index.js';
import { join } from 'node:path';
import { answersSchema, type Answers } from '../answers/index.js';
import {
  addPackageDraft,
  changePackageDraft,
  packageDraft,
  type PackageDraft,
} from '../store/package-draft-store.js';
import { readActs, type Acts } from './acts.js';
import { suggestedAnswers } from './draft.js';
import { inquire, type AnswerFault, type Inquiry } from './inquiry.js';
import { assertAnswered, assertWhole, newPackage } from './write.js';

/** A draft with its law, and what is still wrong with the answers. */
export interface PackageDraftView extends Omit<PackageDraft, 'law'> {
  readonly law: LawText;
  readonly acts: Acts;
  readonly articles: Inquiry['articles'];
  readonly faults: readonly AnswerFault[];
}

export function viewPackageDraft({ law: text, ...draft }: PackageDraft): PackageDraftView {
  const [law, acts] = [readLaw(text), readActs()];
  const { articles, faults } = inquire(law, acts, draft.answers);
  return { ...draft, law, acts, articles, faults: [...faultsOfForm(draft.answers), ...faults] };
}

/** What the schema of the answers objects to: half a draft may lack the city's name. */
const faultsOfForm = (answers: Answers): AnswerFault[] =>
  (answersSchema.safeParse(answers).error?.issues ?? []).map(({ path, message }) => ({
    where: path.join('.'),
    what: `${wordsOfForm[path.join('.')] ?? path.join('.')}：${message}`,
    fix: '在“城市和叫法”里改正',
  }));

const wordsOfForm: Readonly<Record<string, string>> = {
  'city.key': '代号',
  'city.names': '名称的写法',
  'city.letter': '义务编号的字母',
};

/** @throws {Refusal} `package.text-invalid`: every damaged line; nothing is stored */
export async function createPackageDraft(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  transaction: Transaction,
  text: string,
  by: string,
): Promise<PackageDraft> {
  const law = readLaw(text);
  assertWhole(law);
  const answers = suggestedAnswers(law, readActs());
  return addPackageDraft(transaction, { law: text, answers, at: clock.now(), by });
}

/** What a person answers: of an article, or of the city. */
export type Answered =
  | { readonly article: string; readonly answer: Answers['articles'][string] }
  | Pick<Answers, 'city' | 'law' | 'titles' | 'parties'>;

/**
 * @param revision that the person has seen
 * @throws {Refusal} `draft.not-found`; `draft.stale` if somebody has answered since; `package.answers-invalid` for an
 *   article that the law lacks
 */
export async function answerPackageDraft(
  { clock }: { readonly clock: Pick<Clock, 'now'> },
  transaction: Transaction,
  {
    id,
    revision,
    by,
    said,
  }: {
    readonly id: number;
    readonly revision: number;
    readonly by: string;
    readonly said: Answered;
  },
): Promise<PackageDraft> {
  const draft = await packageDraft(transaction, id);
  if (draft.revision !== revision)
    throw new Refusal(
      'draft.stale',
      `${draft.changedBy} 已经存了第 ${draft.revision} 稿，您看的是第 ${revision} 稿`,
      {
        remedy: '重新读出来，看过再答',
      },
    );
  const changed = {
    ...draft,
    revision: revision + 1,
    answers: withAnswer(draft, said),
    changedAt: clock.now(),
    changedBy: by,
  };
  await changePackageDraft(transaction, changed);
  return changed;
}

function withAnswer({ law, answers }: PackageDraft, said: Answered): Answers {
  if (!('article' in said)) return { ...answers, ...said };
  const { article, answer } = said;
  const known = readLaw(law).chapters.some(({ articles }) => articles.some(({ id }) => id === article));
  if (!known)
    throw new Refusal('package.answers-invalid', `这部法没有${provisionLabel(article)}`, {
      where: 'article',
      remedy: '改正条号',
    });
  return { ...answers, articles: { ...answers.articles, [article]: answer } };
}

/**
 * The package as one file, in a folder of the city's name: the same answers give the same bytes.
 *
 * @throws {Refusal} `package.answers-invalid`: everything that is still wrong
 */
export async function packageFile(
  draft: PackageDraft,
): Promise<{ readonly name: string; readonly content: Buffer }> {
  const { law, acts, faults } = viewPackageDraft(draft);
  assertAnswered(faults);
  const files = newPackage(law, acts, answersSchema.parse(draft.answers));
  const { key } = draft.answers.city;
  const { strToU8, zipSync } = await import('fflate');
  const packed = zipSync(
    Object.fromEntries([...files].map(([path, content]) => [`${key}/${path}`, strToU8(content)])),
    { mtime: '1980-01-01T12:00:00' },
  );
  return { name: `${key}.zip`, content: Buffer.from(packed) };
}

/** Words of the base that answers are given in: what things are called, and policies that decide a limit. */
export function wordsOfBase({ extends: base }: Acts): {
  readonly titles: Readonly<Record<string, string>>;
  readonly policies: readonly { readonly key: string; readonly label: string }[];
} {
  const folder = join(packageRoot, 'packages', base.split('@')[0] ?? '');
  const policies = packageJson('regulation/policies.json', folder) as readonly {
    readonly key: string;
    readonly kind: string;
    readonly label: string;
  }[];
  return {
    titles: packageManifest(folder).titles,
    policies: policies.filter(({ kind }) => kind === 'length'),
  };
}
