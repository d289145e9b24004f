import { aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { replied: aTruth } };

/**
 * The unit handled the matter and replied, or the caller wants no reply. What it still owes is the
 * feedback, which nobody supervises. Writes `replied`.
 */
export const recordReplied = declares(produces, () => ({ variables: { replied: true } }));
