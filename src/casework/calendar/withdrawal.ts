/** What cards that were given too early had recorded and set in motion, as the case's trail tells it. */
import type { TrailEntry } from '../../accountability/index.js';
import type { Recompute, WrongCard } from '../../engine/index.js';
import { isJsonObject } from '../../kernel/index.js';
import type { WrongCards } from './given-cards.js';
import { handledAfter, messagesThrown, startedBy } from './told-by.js';

/**
 * The message by which lapses that were recorded too early, and what came of them, are withdrawn or redated. It goes to
 * handling, to the instances whose timers are revoked and to those that were started by them, not to a supervision on
 * another ground. A supervision whose own limit had not run out is resumed with the order that stands, unless the
 * matter has been handled since.
 *
 * @param trail the case's entries by rising number
 * @returns nothing to tell where the cards recorded and set in motion nothing
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
      handledAfter(trail, entry) ? [] : [resumption(card, entry)],
    ),
  };
}

interface Given {
  readonly card: WrongCard;
  readonly entry: TrailEntry;
}

/** Those that recorded a lapse, started a supervision, ended an order. */
function sorted(trail: readonly TrailEntry[], cards: readonly WrongCard[]) {
  const given = cards.flatMap((card): Given[] => {
    const entry = trail.find(({ seq }) => seq === card.entry);
    return entry ? [{ card, entry }] : [];
  });
  return {
    lapses: given.filter(({ entry }) => recordsLapse(entry)),
    reds: given.filter(({ entry }) => messagesThrown(entry).includes('overdue')),
    limits: given.filter(({ entry }) => entry.body.process === 'supervision'),
  };
}

const entriesOf = (given: readonly Given[]): TrailEntry[] => given.map(({ entry }) => entry);
const instants = (given: readonly Given[]): string[] => given.map(({ card }) => card.at.toISOString());
const moves = (given: readonly Given[]) =>
  given.map(({ card: { at, due } }) => ({ from: at.toISOString(), to: due.toISOString() }));

const instancesOf = (trail: readonly TrailEntry[], process: string): number[] =>
  trail.flatMap(({ body }) =>
    body.process === process && typeof body.instance === 'number' ? [body.instance] : [],
  );

/** With the order whose limit it was: the second where the limit's end had led to accountability. */
function resumption({ instance, startedAt, adjustments }: WrongCard, entry: TrailEntry) {
  return {
    message: 'supervision-resumed',
    instance,
    clock: { startedAt, adjustments },
    variables: {
      resumedOrder: messagesThrown(entry).length > 0 ? 'second' : 'first',
      resumedSince: startedAt.toISOString(),
    },
  };
}

/** What ran after an instance's first wrong limit falls with it. */
const firstOfEach = (given: readonly Given[]): Given[] =>
  given.filter(
    ({ card }, index) => given.findIndex((other) => other.card.instance === card.instance) === index,
  );

const recordsLapse = ({ body: { computed } }: TrailEntry): boolean =>
  computed !== undefined && isJsonObject(computed) && 'overdueFacts' in computed;
