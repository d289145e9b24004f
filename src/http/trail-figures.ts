import { anchoring, trailLag } from '../accountability/index.js';
import type { HttpDeps } from './deps.js';

type Transaction = Parameters<typeof trailLag>[0];

/** How far the tree is behind the trail, and whether outside places hold its checkpoints. */
export const trailFigures =
  ({ anchors, clock }: Pick<HttpDeps, 'anchors' | 'clock'>) =>
  async (transaction: Transaction) => {
    const { amber } = await anchoring(transaction, await anchors(), clock.now());
    return { ...(await trailLag(transaction)), isUnanchored: amber !== null };
  };
