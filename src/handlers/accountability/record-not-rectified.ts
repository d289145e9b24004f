import { anInstant, aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { correctionOverdue: aTruth, correctionOverdueAt: anInstant } };

/** The limit for corrections (policy `correctionLimit`) has passed. Writes `correctionOverdue`. */
export const recordNotRectified = declares(produces, ({ now }) => ({
  variables: { correctionOverdue: true, correctionOverdueAt: now.toISOString() },
}));
