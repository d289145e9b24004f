/**
 * Answers questions from the knowledge base. A question in another language is searched by the
 * kinds and words that it suggests.
 */
import {
  searchEntries,
  searchPublicEntries,
  type FoundEntry,
  type PublicAnswer,
} from '../../sheet/knowledge/index.js';
import type { Using } from '../parts.js';

export type AskKnowledgeDeps = Using<'classTrees' | 'database' | 'meaning' | 'suggester'>;

/** Each word is searched separately, because an entry seldom holds all meanings of one foreign word. */
const wordsOf = (deps: Pick<AskKnowledgeDeps, 'meaning'>, question: string): readonly string[] => {
  if (/\p{Script=Han}/u.test(question)) return [question];
  const meant = deps.meaning(question);
  return meant === '' ? [question] : [...new Set(meant.split(' '))].slice(0, 8);
};

/** @param code class that the entry must be about; default: for a foreign question, the classes it suggests */
export async function askKnowledge(
  deps: AskKnowledgeDeps,
  question: string,
  code: string | undefined,
  most: number,
): Promise<readonly FoundEntry[]> {
  const words = wordsOf(deps, question);
  const isForeign = words[0] !== question;
  const tree = await deps.database.transaction((transaction) => deps.classTrees.current(transaction));
  const suggested =
    code === undefined && isForeign ? await deps.suggester.suggest(tree, '', words.join(' '), 2) : [];
  const classes = code === undefined ? suggested.map((one) => one.code) : [code];
  return deps.database.transaction(async (transaction) => {
    const found = new Map<number, FoundEntry>();
    for (const word of words) {
      for (const one of await searchEntries(transaction, word, classes, most)) {
        const before = found.get(one.id);
        if (!before || before.similarity < one.similarity) found.set(one.id, one);
      }
    }
    const all = [...found.values()];
    if (words.length > 1) all.sort((one, other) => other.similarity - one.similarity);
    return all.slice(0, most);
  });
}

/** @param today `YYYY-MM-DD` */
export async function askPublicKnowledge(
  deps: Pick<AskKnowledgeDeps, 'database' | 'meaning'>,
  question: string,
  today: string,
  most: number,
): Promise<readonly PublicAnswer[]> {
  return deps.database.transaction(async (transaction) => {
    const found = new Map<string, PublicAnswer>();
    for (const word of wordsOf(deps, question)) {
      for (const one of await searchPublicEntries(transaction, word, today, most))
        found.set(`${one.title}\n${one.body}`, one);
    }
    return [...found.values()].slice(0, most);
  });
}
