import type { Handler } from '../../engine/index.js';

/** The limit of the order to correct (policy `correctionLimit`) passed. Writes `correctionOverdue`. */
export const recordNotRectified: Handler = ({ now }) => ({
  variables: { correctionOverdue: true, correctionOverdueAt: now.toISOString() },
});
