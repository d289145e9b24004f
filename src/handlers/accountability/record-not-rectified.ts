import type { Handler } from '../../engine/index.js';

/** The limit to correct (policy `correctionLimit`) has passed. Writes `correctionOverdue`. */
export const recordNotRectified: Handler = ({ now }) => ({
  variables: { correctionOverdue: true, correctionOverdueAt: now.toISOString() },
});
