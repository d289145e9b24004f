/** Computes the consequences of premature cards from the case's trail. */
import {
  computedOf,
  instanceOf,
  listIn,
  messagesThrown,
  processOf,
} from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { Recompute, WrongCard } from '../../engine/index.js';
import { isJsonObject, type Json } from '../../kernel/index.js';
import type { WrongCards } from './fired-cards.js';
import { handledAfter, startedBy } from './consequences.js';

/**
 * The message that withdraws or redates premature limits and their consequences. Its receivers are
 * handling, the instances with revoked timers, and the instances those started, but no supervision
 * on another ground. A supervision whose own limit had not expired resumes with its open order,
 * unless the matter was handled since.
 *
 * @param trail the case's entries, ascending
 * @returns undefined content if the cards had no consequences
 */
export function withdrawal(
  trail: readonly TrailEntry[],
  { revoked, redated }: WrongCards,
): Pick<Recompute, 'tell' | 'resume'> {
  const wrong = sorted(trail, revoked);
  const moved = sorted(trail, redated);
  if ([wrong, moved].every(({ lapses, reds, limits }) => lapses.length + reds.length + limits.length === 0))
    return {};
  const withReds = startedBy(trail, entriesOf(wrong.reds));
  const limits = wrong.limits.filter(({ card }) => !withReds.includes(card.instance));
  return {
    tell: {
      message: 'overdue-withdrawn',
      to: [
        ...new Set([
          ...instancesOf(trail, 'handling'),
          ...revoked.map(({ instance }) => instance),
          ...withReds,
          ...startedBy(trail, entriesOf(limits)),
        ]),
      ],
      variables: {
        withdrawnOverdue: instants(wrong.lapses),
        withdrawnReds: instants(wrong.reds),
        withdrawnLimits: instants(limits),
        redatedOverdue: moves(moved.lapses),
        redatedOrders: moves([...moved.reds, ...moved.limits]),
      },
    },
    resume: firstOfEach(limits).flatMap(({ card, entry }) =>
      handledAfter(trail, entry) ? [] : [resumption(trail, card)],
    ),
  };
}

interface Given {
  readonly card: WrongCard;
  readonly entry: TrailEntry;
}

/** Sorts cards by consequence: those that recorded an expired limit, started a supervision, or ended an order. */
function sorted(trail: readonly TrailEntry[], cards: readonly WrongCard[]) {
  const given = cards.flatMap((card): Given[] => {
    const entry = trail.find(({ seq }) => seq === card.entry);
    return entry ? [{ card, entry }] : [];
  });
  return {
    lapses: given.filter(({ entry }) => recordsLapse(entry)),
    reds: given.filter(({ entry }) => messagesThrown(entry).includes('overdue')),
    limits: given.filter(({ entry }) => processOf(entry)?.process === 'supervision'),
  };
}

const entriesOf = (given: readonly Given[]): TrailEntry[] => given.map(({ entry }) => entry);
const instants = (given: readonly Given[]): string[] => given.map(({ card }) => card.at.toISOString());
const moves = (given: readonly Given[]) =>
  given.map(({ card: { at, due } }) => ({ from: at.toISOString(), to: due.toISOString() }));

const instancesOf = (trail: readonly TrailEntry[], process: string): number[] =>
  trail.flatMap((entry) => (processOf(entry)?.process === process ? [instanceOf(entry) ?? []].flat() : []));

const places = ['first', 'second', 'third'] as const;

/** Resumes the instance with its order, which identifies whose limit had not passed. */
function resumption(trail: readonly TrailEntry[], { instance, startedAt, adjustments, entry }: WrongCard) {
  const standing = standingOrders(trail, instance, entry).length;
  return {
    message: 'supervision-resumed',
    instance,
    clock: { startedAt, adjustments },
    variables: {
      resumedOrder: places[Math.min(standing, places.length) - 1] ?? places[0],
      resumedSince: startedAt.toISOString(),
    },
  };
}

/**
 * Open orders of this supervision before the entry; an instance that resumed another has taken over
 * the other's orders.
 */
function standingOrders(trail: readonly TrailEntry[], instance: number, before: number): readonly Json[] {
  const known = trail.findLast((one) => one.seq < before && 'supervisionOrders' in computedOf(one));
  return listIn(known ? computedOf(known) : {}, 'supervisionOrders').filter(
    (order) => isJsonObject(order) && order.instance === instance && order.withdrawnAt === undefined,
  );
}

/** Withdrawing an instance's first premature limit withdraws everything after it. */
const firstOfEach = (given: readonly Given[]): Given[] =>
  given.filter(
    ({ card }, index) => given.findIndex((other) => other.card.instance === card.instance) === index,
  );

const recordsLapse = (entry: TrailEntry): boolean => 'overdueFacts' in computedOf(entry);
