/** Answers about a new city's law, as the screen edits them, and a limit in the form's words. */
import type { Output } from '../../api/client.js';
import { limitInWords } from '../../../law/regulation/model/index.js';

export type PackageDraft = Output<'readPackageDraft'>;
export type Article = PackageDraft['articles'][number];
export type Norm = NonNullable<Article['suggested']>[number];
export type Limit = Norm['within'];
export type OneLimit = Exclude<NonNullable<Limit>, readonly unknown[]> & { when?: CaseOf['when'] };
type CaseOf = Extract<NonNullable<Limit>, readonly unknown[]>[number];
export type Extension = Norm['extension'];
export type Fault = PackageDraft['faults'][number];

export const states = {
  open: '没有回答',
  suggested: '建议待核对',
  faulty: '有错',
  answered: '已答',
} as const;

export const tones = {
  open: 'sunk',
  suggested: 'tone-mild',
  faulty: 'tone-red',
  answered: 'tone-good',
} as const;

/** How a limit is chosen; `kept`: the form cannot say it, so it stays. */
export const limitKinds = {
  none: '条文没有写',
  other: '条文写的期限不是这件事的',
  working: '几个工作日',
  natural: '几个自然日',
  hours: '几小时',
  months: '几个月',
  word: '只有一个词，如“及时”',
} as const;
export type LimitKind = keyof typeof limitKinds | 'kept';

export function limitKind(limit: Limit): LimitKind {
  if (limit === undefined) return 'none';
  if (limit === null) return 'other';
  if (Array.isArray(limit)) return 'kept';
  const { days, hours, months, of, word, policy, ...more } = limit;
  const beyond = Object.values(more).some((one) => one !== undefined);
  if (beyond) return 'kept';
  if (days !== undefined) return of ?? 'kept';
  if (hours !== undefined) return 'hours';
  if (months !== undefined) return 'months';
  return word !== undefined || policy !== undefined ? 'word' : 'kept';
}

export const inWords = limitInWords;
