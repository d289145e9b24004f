/** Asks every place outside for the newest checkpoint that it holds. */
import type { Anchor, Held } from './anchor.js';

export interface Answer {
  readonly name: string;
  /** The checkpoint the place holds; undefined if it holds none or did not answer. */
  readonly held: Held | undefined;
  /** In Chinese: why the place's state is unknown; null if the place answered. */
  readonly silent: string | null;
}

export const askAnchors = (anchors: readonly Anchor[], origin: string): Promise<readonly Answer[]> =>
  Promise.all(
    anchors.map(async ({ name, newest }): Promise<Answer> => {
      if (!newest)
        return { name, held: undefined, silent: `${name} 要由人去看：把留在那里的检查点以 --note 比对` };
      try {
        const held = await newest(origin);
        return { name, held, silent: held ? null : `${name} 那里还没有检查点` };
      } catch (error) {
        return { name, held: undefined, silent: (error as Error).message };
      }
    }),
  );
