import { anInstant, aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = {
  does: '改正的期限届满，没有改正。',
  writes: { correctionOverdue: aTruth, correctionOverdueAt: anInstant },
};

export const recordNotRectified = declares(produces, ({ now }) => ({
  variables: { correctionOverdue: true, correctionOverdueAt: now.toISOString() },
}));
