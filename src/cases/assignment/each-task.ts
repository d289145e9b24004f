/** Acts on many tasks. Each act succeeds or fails on its own and states why it failed. */
import { Refusal } from '../../kernel/index.js';

export interface Outcome {
  readonly id: string;
  /** `before`: the task had been completed before this request. */
  readonly done: 'now' | 'before' | 'refused';
  readonly refusal?: Refusal;
}

export async function eachTask(
  ids: readonly string[],
  work: (id: string) => Promise<'now' | 'before'>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const id of new Set(ids)) {
    try {
      outcomes.push({ id, done: await work(id) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error;
      outcomes.push({ id, done: 'refused', refusal: error });
    }
  }
  return outcomes;
}
