import { feel } from '../../../engine/model/index.js';
import { Refusal } from '../../../kernel/refusal.js';

/** Whether the text can be parsed; rule 12 reports one that cannot. */
export function isFeel(text: string): boolean {
  try {
    feel(text);
    return true;
  } catch (cause) {
    if (cause instanceof Refusal) return false;
    throw cause;
  }
}
