/** Supervision orders of a case, from its trail: content, and whether they are valid. */
import type { Output } from '../../api/shapes.js';
import { lawOf, provisionFor, type Law, type SupervisionKind } from '../../../kernel/law.js';
import { provisionLabel } from '../../../kernel/provision-label.js';
import { deadlineHistory } from './deadline-history.js';
import { dayOf } from '../../time/show.js';
import { inBrackets } from '../../law/page-law.js';
import { lawAmong } from './law-among.js';

type Order = Output<'readWorkOrder'>;
type Entry = Order['trail'][number];

export interface SupervisionOrder {
  /** Number of the issuing trail entry. */
  readonly seq: number;
  /** Case number and index of the order. */
  readonly number: string;
  readonly kind: SupervisionKind;
  /** Title of the case's law at the time of issue. */
  readonly law: string;
  readonly article: string;
  readonly ground: string;
  /** In milliseconds. */
  readonly issuedAt: number;
  readonly due: number | undefined;
  readonly dueDate: string | undefined;
  readonly provisional: boolean;
  /** Limits that passed without handling. */
  readonly lapses: readonly { readonly name: string; readonly at: number }[];
  readonly withdrawn: boolean;
  readonly hash: string;
}

/** A second order keeps the ground of the first, which may have been stated under an earlier law. */
const states =
  (ground: string) =>
  ({ supervision }: Law): boolean =>
    supervision.grounds.some(({ provision }) => provision === ground);

const clocks = (law: Law) => ({
  reply: `答复的期限${inBrackets(lawOf('reply', law))}`,
  completion: `已告知的办结期限${inBrackets(lawOf('completion', law))}`,
});

export function supervisionOrders(
  order: Pick<Order, 'laws' | 'trail' | 'deadlines' | 'startedAt' | 'supervision'>,
  no: string,
): readonly SupervisionOrder[] {
  const { orders, lapses } = order.supervision;
  const lives = deadlineHistory(order);
  return order.trail
    .flatMap(issuedBy(order, new Map()))
    .map(({ entry, law, ...how }, index): SupervisionOrder => {
      const {
        ground = provisionFor('supervision-late', law),
        at = entry.at,
        withdrawn = false,
      } = orders[index] ?? {};
      const issuedAt = Date.parse(at);
      const stated =
        [law, ...order.laws.map(({ from }) => lawAmong(order.laws, from))].find(states(ground)) ?? law;
      const limit = lives.find(
        ({ instance, element }) => instance === entry.step?.instance && element === how.limit,
      );
      return {
        seq: entry.seq,
        number: `${no}-督${index + 1}`,
        kind: how.kind,
        law: stated.title,
        article: provisionLabel(ground),
        ground: stated.supervision.grounds.find(({ provision }) => provision === ground)?.says ?? ground,
        issuedAt,
        due: limit?.due,
        dueDate: limit?.dueDate,
        provisional: limit?.provisional ?? false,
        lapses: lapses
          .map((lapse) => ({ name: clocks(law)[lapse.clock], at: Date.parse(lapse.at) }))
          .filter((lapse) => lapse.at <= issuedAt),
        withdrawn,
        hash: entry.hash,
      };
    });
}

/**
 * Orders issued by the entry, each with its limit. If one deed can issue several kinds, each
 * repetition in the same supervision issues the next kind.
 */
const issuedBy =
  ({ laws }: Pick<Order, 'laws'>, before: Map<string, number>) =>
  (entry: Entry) => {
    const law = lawAmong(laws, dayOf(Date.parse(entry.at)));
    return (entry.step?.deeds ?? []).flatMap((deed) => {
      const ofDeed = law.supervision.orders.filter((one) => one.deed === deed);
      const done = `${String(entry.step?.instance)} ${deed}`;
      const times = before.get(done) ?? 0;
      before.set(done, times + 1);
      const kind = ofDeed[times] ?? ofDeed.at(-1);
      return kind
        ? [{ entry, law, kind, limit: entry.step?.armed.find(({ clock }) => clock !== null)?.element }]
        : [];
    });
  };
