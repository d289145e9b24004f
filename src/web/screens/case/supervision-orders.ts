/** Supervision orders of a case, from its trail: content, and whether they stand. */
import type { Output } from '../../api/client.js';
import { provisionLabel } from '../../../kernel/provision-label.js';
import { deadlineHistory } from './deadline-history.js';
import { lawOf, provisionFor } from '../../../kernel/law.js';

type Order = Output<'readWorkOrder'>;
type Entry = Order['trail'][number];

export interface SupervisionOrder {
  /** Number of the issuing trail entry. */
  readonly seq: number;
  /** Case number and index of the order. */
  readonly number: string;
  readonly kind: 'first' | 'second';
  readonly article: string;
  readonly ground: string;
  /** Milliseconds. */
  readonly issuedAt: number;
  readonly due: number | undefined;
  readonly dueDate: string | undefined;
  readonly provisional: boolean;
  /** Limits that passed without handling. */
  readonly lapses: readonly { readonly name: string; readonly at: number }[];
  readonly withdrawn: boolean;
  readonly hash: string;
}

const kinds: { readonly [deed: string]: SupervisionOrder['kind'] } = {
  'supervision.ordered': 'first',
  'supervision.raised': 'second',
};

const grounds: { readonly [provision: string]: string } = {
  [provisionFor('supervision-late')]: '超出办理时限未办理热线事项',
  [provisionFor('supervision-repeats')]: '来电人多次、集中反映热线事项未解决',
  [provisionFor('supervision-knowledge')]: '知识库维护更新不及时,更新内容不符合要求',
  [provisionFor('supervision-other')]: '其他需要督办的事项',
};

const clocks = {
  reply: `答复的期限(${lawOf('reply')})`,
  completion: `已告知的办结期限(${lawOf('completion')})`,
};

export function supervisionOrders(
  order: Pick<Order, 'trail' | 'deadlines' | 'startedAt' | 'supervision'>,
  no: string,
): readonly SupervisionOrder[] {
  const { orders, lapses } = order.supervision;
  const lives = deadlineHistory(order);
  return order.trail.flatMap(issues).map(({ entry, ...how }, index): SupervisionOrder => {
    const {
      ground = provisionFor('supervision-late'),
      at = entry.at,
      withdrawn = false,
    } = orders[index] ?? {};
    const issuedAt = Date.parse(at);
    const limit = lives.find(
      ({ instance, element }) => instance === entry.step?.instance && element === how.limit,
    );
    return {
      seq: entry.seq,
      number: `${no}-督${index + 1}`,
      kind: how.kind,
      article: provisionLabel(ground),
      ground: grounds[ground] ?? ground,
      issuedAt,
      due: limit?.due,
      dueDate: limit?.dueDate,
      provisional: limit?.provisional ?? false,
      lapses: lapses
        .map((lapse) => ({ name: clocks[lapse.clock], at: Date.parse(lapse.at) }))
        .filter((lapse) => lapse.at <= issuedAt),
      withdrawn,
      hash: entry.hash,
    };
  });
}

/** Orders issued by the entry, each with the limit that it sets. */
const issues = (entry: Entry) =>
  (entry.step?.deeds ?? []).flatMap((deed) => {
    const kind = kinds[deed];
    return kind
      ? [{ entry, kind, limit: entry.step?.armed.find(({ clock }) => clock !== null)?.element }]
      : [];
  });
