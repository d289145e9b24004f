/** What a caller may learn about a case, on the caller's page and in messages alike, and nothing else. */
import { isSound } from '../accountability/events/index.js';
import type { TrailEntry } from '../accountability/index.js';
import { inBrackets, lawOf, type Law } from '../kernel/law.js';
import { shownIn, type Catalogue } from '../law/regulation/index.js';
import type { CaseView } from './read-case.js';

interface ToldAnswer {
  readonly at: Date;
  readonly title: string;
  /** Null if the text is withheld. */
  readonly text: string | null;
  /** The reason for withholding, in words. */
  readonly withheld: string | null;
}

/** Supervision and accountability are not shown to callers. */
const ofTheCaller = ['acceptance', 'handling'];

export function answersToCaller(
  { catalogue, law }: { readonly catalogue: Catalogue; readonly law: Law },
  entry: TrailEntry,
): readonly ToldAnswer[] {
  if (!isSound(entry)) return [];
  return shownIn(catalogue, entry, entry.sealed).map(({ title, text, withheld }) => ({
    at: entry.at,
    title,
    text,
    withheld:
      withheld &&
      `依照${withheld.basis}，涉及${withheld.ground}，不予显示${inBrackets(lawOf('progress', law))}`,
  }));
}

/** The unit's name is hidden from callers who asked for confidentiality, because others might read the answer. */
export const unitToldOf = (view: CaseView): string | null =>
  view.sheet.confidential ? null : wordOf(view, 'unit');

export function limitsToldOf(view: CaseView): CaseView['deadlines'] {
  const keyOf = (instance: number) => view.processes.find((one) => one.instance === instance)?.key ?? '';
  return view.deadlines.filter((one) => one.limit && ofTheCaller.includes(keyOf(one.instance)));
}

/** Null until the case has ended. */
export const outcomeToldOf = (view: CaseView): string | null =>
  view.file.endedAt ? (wordOf(view, 'outcome') ?? '办结') : null;

export const promisedToldOf = (view: CaseView): string | null => wordOf(view, 'promisedDate');

function wordOf({ file }: CaseView, name: string): string | null {
  const value = file.variables[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
