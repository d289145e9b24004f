import { aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = {
  does: '办理、答复过了，或者来电人不要求答复：只欠反馈，反馈不督办。',
  writes: { replied: aTruth },
};

export const recordReplied = declares(produces, () => ({ variables: { replied: true } }));
