/** How many cases of the last days kept what is recommended: counted from the duties, never typed in. */
import type { Law } from '../../../kernel/law.js';
import type { Transaction } from '../../../platform/database/index.js';
import { measuredSince, type Measured } from '../store/aim-store.js';
import { aimedAt, aimNamed, aimsOf, listedChannels, type Aim, type Counting } from './aims.js';
import { readSources, type InForce } from './shipped.js';

/** Received in the last thirty days, to the instant: a month's beginning would have nothing to show. */
const daysCounted = 30;

export async function countAims(
  transaction: Transaction,
  { catalogue, ...counting }: InForce,
  law: Pick<Law, 'channels'>,
  now: Date,
) {
  const since = new Date(now.getTime() - daysCounted * 86_400_000);
  const counted = [];
  for (const aim of aimsOf(readSources(), catalogue)) {
    const duties = await measuredSince(transaction, aim, listedChannels(aim, law), since);
    const figure = figureOf(aim, duties, counting, now);
    const { key, says, limit } = aim;
    counted.push({ id: key, named: aimNamed(aim), says, limit, ...figure, words: inWordsOf(aim, figure) });
  }
  return counted;
}

interface Figure {
  readonly cases: number;
  readonly within: number;
  readonly later: number;
  readonly open: number;
  /** Of the open ones. */
  readonly openPast: number;
}

/** A case with several such duties is as its worst one. */
export function figureOf(aim: Aim, duties: readonly Measured[], counting: Counting, now: Date): Figure {
  const order = ['within', 'later', 'open', 'openPast'] as const;
  const worst = new Map<string, number>();
  for (const duty of duties) {
    const place = order.indexOf(standing(aim, duty, counting, now));
    worst.set(duty.stream, Math.max(place, worst.get(duty.stream) ?? 0));
  }
  const count = (...kinds: (typeof order)[number][]): number =>
    [...worst.values()].filter((place) => kinds.some((kind) => kind === order[place])).length;
  return {
    ...{ cases: worst.size, within: count('within'), later: count('later') },
    ...{ open: count('open', 'openPast'), openPast: count('openPast') },
  };
}

function standing(aim: Aim, { state, openedAt, lastAt }: Measured, counting: Counting, now: Date) {
  const aimed = aimedAt(aim, openedAt, counting);
  const isBy = (instant: Date | null): boolean => !!aimed && !!instant && instant <= aimed;
  if (state === 'satisfied') return isBy(lastAt) ? 'within' : 'later';
  if (state === 'open' || state === 'temporarily-violated') return isBy(now) ? 'open' : 'openPast';
  return 'later';
}

function inWordsOf({ norms }: Aim, { cases, within, later, open, openPast }: Figure): string {
  if (norms.length === 0) return '条例没有用这个期限的义务：不提醒，不计';
  if (cases === 0) return `近 ${daysCounted} 日还没有这样的工单`;
  const still = `还没有办的 ${open} 件${open > 0 ? `（已过 ${openPast} 件）` : ''}`;
  return `近 ${daysCounted} 日收到的 ${cases} 件：以内办的 ${within} 件，过后办的 ${later} 件，${still}`;
}
