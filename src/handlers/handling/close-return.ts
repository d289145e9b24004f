import { aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { does: '可以退单的日子过了，没有退。', writes: { returnClosed: aTruth } };

export const closeReturn = declares(produces, () => ({ variables: { returnClosed: true } }));
