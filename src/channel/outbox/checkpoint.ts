/** Sends the latest checkpoint of the log to every outside place that is due. */
import { z } from 'zod';
import {
  anchorKind,
  deliveries,
  latestCheckpoint,
  type Anchor,
  type Delivery,
} from '../../accountability/index.js';
import { defineSending } from './kind.js';
import { sender, type OutboxDeps, type Sender } from './sender.js';
import { put } from './store/outbox-store.js';

const kind = defineSending(anchorKind, z.object({ size: z.int() }), { title: '向外留存检查点' });

const hour = 3_600_000;
const lengths = { hour, day: 24 * hour } as const;
/** Days are counted in Beijing time. */
const beijing = 8 * hour;

type Anchoring = Pick<OutboxDeps, 'database' | 'clock'> & { readonly anchors: readonly Anchor[] };

export const putCheckpoints = ({ database, clock, anchors }: Anchoring): Promise<void> =>
  database.transaction(async (transaction) => {
    const checkpoint = await latestCheckpoint(transaction);
    if (!checkpoint) return;
    const { size } = checkpoint;
    const known = new Map((await deliveries(transaction)).map((one) => [one.anchor, one]));
    const at = clock.now();
    const due = anchors.flatMap((anchor) => {
      const period = periodOf(anchor, at);
      return period !== undefined && isDue(anchor, known.get(anchor.name), size, period)
        ? {
            key: `${anchor.name} ${size} ${period}`,
            recipient: anchor.name,
            occasion: `${size} 条`,
            about: { size },
          }
        : [];
    });
    await put(transaction, kind, due, { at });
  });

const periodOf = ({ every }: Anchor, at: Date): number | undefined =>
  every === null ? undefined : Math.floor((at.getTime() + beijing) / lengths[every]);

/** A place is due once per period if there is something new, or if the last delivery failed. */
function isDue(anchor: Anchor, known: Delivery | undefined, size: number, period: number): boolean {
  if (!known) return true;
  return periodOf(anchor, known.putAt) !== period && (known.size < size || known.outcome !== 'sent');
}

export const checkpointSender = (
  deps: OutboxDeps & { readonly anchors: () => Promise<readonly Anchor[]> },
): Sender =>
  sender(deps, {
    kind,
    prepare: async ({ id, recipient, about: { size } }) => {
      const anchor = (await deps.anchors()).find(({ name }) => name === recipient);
      if (!anchor) return { dropped: '不再往这一处送' };
      const [checkpoint, last] = await deps.database.transaction(async (transaction) => [
        await latestCheckpoint(transaction, size),
        (await deliveries(transaction)).find((one) => one.anchor === recipient),
      ]);
      if (checkpoint?.size !== size || last?.item !== id) return { dropped: '已有更新的检查点' };
      return { carry: () => anchor.keep({ size, note: checkpoint.note, number: id }) };
    },
  });
