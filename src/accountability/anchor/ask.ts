/** Asks every place outside for the newest checkpoint that it holds. */
import type { Anchor, Held } from './anchor.js';

export interface Answer {
  readonly name: string;
  /** What it holds; undefined if nothing, or if it did not answer. */
  readonly held: Held | undefined;
  /** In Chinese: why nothing can be said of it; null if it answered. */
  readonly silent: string | null;
}

export const askAnchors = (anchors: readonly Anchor[], origin: string): Promise<readonly Answer[]> =>
  Promise.all(
    anchors.map(async ({ name, newest }): Promise<Answer> => {
      if (!newest)
        return { name, held: undefined, silent: `${name} 要由人去看:把留在那里的检查点以 --note 比对` };
      try {
        const held = await newest(origin);
        return { name, held, silent: held ? null : `${name} 那里还没有检查点` };
      } catch (error) {
        return { name, held: undefined, silent: (error as Error).message };
      }
    }),
  );
