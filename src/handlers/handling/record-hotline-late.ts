import { aTruth } from '../../engine/index.js';
import { declares } from '../declares.js';

export const recordHotlineLate = declares(
  { does: '热线自己逾期：单位逾期、有了结果以前，由它自己说明。', writes: { hotlineLate: aTruth } },
  () => ({
    variables: { hotlineLate: true },
  }),
);
