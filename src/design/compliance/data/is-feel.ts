import { feel } from '../../../engine/model/index.js';
import { Refusal } from '../../../kernel/refusal.js';

/** Whether it can be read; of what cannot, rule 12 tells. */
export function isFeel(text: string): boolean {
  try {
    feel(text);
    return true;
  } catch (cause) {
    if (cause instanceof Refusal) return false;
    throw cause;
  }
}
