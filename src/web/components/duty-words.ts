import { dutyStates } from '../../law/regulation/model/words.js';

/** State of a duty as symbol and word. */
export const dutyWords = {
  open: `○ ${dutyStates.open}`,
  satisfied: `✓ ${dutyStates.satisfied}`,
  'temporarily-violated': `! ${dutyStates['temporarily-violated']}`,
  'permanently-violated': `✖ ${dutyStates['permanently-violated']}`,
  compensated: `↺ ${dutyStates.compensated}`,
} as const;
