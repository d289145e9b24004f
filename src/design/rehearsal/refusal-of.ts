import { Refusal } from '../../kernel/index.js';

/** The refusal with which the act ends; undefined where it is done. Any other error is thrown. */
export function refusalOf(act: () => void): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
