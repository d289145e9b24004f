import { feel } from '../../../engine/model/index.js';
import { Refusal } from '../../../kernel/refusal.js';

/** Whether the text can be parsed; rule 12 reports one that cannot. */
export const isFeel = (text: string): boolean => parsed(text) !== undefined;

/** The names that it reads; none if it cannot be parsed. */
export const namesIn = (text: string): readonly string[] => parsed(text)?.names ?? [];

function parsed(text: string) {
  try {
    return feel(text);
  } catch (cause) {
    if (cause instanceof Refusal) return undefined;
    throw cause;
  }
}
