import { aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { returnClosed: aTruth } };

/** The return limit (policy `returnLimit`) has passed without a return. Writes `returnClosed`. */
export const closeReturn = declares(produces, () => ({ variables: { returnClosed: true } }));
