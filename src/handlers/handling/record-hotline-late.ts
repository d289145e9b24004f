import { aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

/**
 * The hotline has not accepted the matter, or not ruled who handles it, in its own time: until a
 * unit is late, or there is a result, it explains the delay itself. Writes `hotlineLate`.
 */
export const recordHotlineLate = declares({ writes: { hotlineLate: aTruth } }, () => ({
  variables: { hotlineLate: true },
}));
