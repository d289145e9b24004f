/** Describes in Chinese how a case differs under two laws: its state, its state under the other law, and the reason. */
import type { DifferenceKind } from '../model/index.js';
import type { CaseDifference, DutyDifference, Stand } from './two-laws.js';

interface InWords {
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

export function dutyInWords({ kind, before, after }: DutyDifference): InWords {
  const limit =
    before?.due === after?.due
      ? '履行、免除它的行为不同'
      : `期限由 ${minute(before?.due ?? null)} 变为 ${minute(after?.due ?? null)}`;
  const reasons: { readonly [key in DifferenceKind]: string } = {
    new: '新的一版才有这项义务，或者由这个行为引起',
    gone: '新的一版没有这项义务，或者不由这个行为引起',
    moved: limit,
    'now-violated': `${limit}，届满时还没有办到`,
    'no-longer-violated': `${limit}，届满以前办到了`,
  };
  return { before: standInWords(before), after: standInWords(after), reason: reasons[kind] };
}

const states: { readonly [state in Stand['state']]: string } = {
  done: '办到了',
  open: '还没有办',
  violated: '违反',
};

function standInWords(stand: Stand | null): string {
  if (!stand) return '没有';
  const since = stand.state === 'violated' && stand.since ? `（${minute(stand.since)} 起）` : '';
  return `${stand.due ? `期限 ${minute(stand.due)}，` : ''}${states[stand.state]}${since}`;
}

/** @param nameOf returns the title of a level */
export function levelsInWords(
  { before, after }: NonNullable<CaseDifference['levels']>,
  nameOf: (level: string) => string,
): Omit<InWords, 'reason'> {
  const said = (levels: typeof before): string =>
    levels.map(({ level, at }) => `${nameOf(level)} ${minute(at)}`).join('、') || '没有升级';
  return { before: said(before), after: said(after) };
}

const minute = (at: string | null): string => (at === null ? '没有' : at.slice(0, 16).replace('T', ' '));
