import { Refusal } from '../../kernel/index.js';

/** The refusal that the act ends with; undefined if it succeeds. Any other error is thrown. */
export function refusalOf(act: () => void): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
