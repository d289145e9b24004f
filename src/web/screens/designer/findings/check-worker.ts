/** Web worker for checks and differences: a large diagram takes longer than a frame. */
import '../../../api/jitless.js';
<<<<<<< HEAD
import { checkSource, compareSources, type CheckContext, type LawWords } from '../../../../compliance/index.js';
=======
import {
  checkDiagram,
  difference,
  merge,
  variablesOfDiagram,
  type CheckContext,
  type Choice,
  type LawWords,
} from '../../../../compliance/index.js';
>>>>>>> cf670cde (The designer as its users know it: 办理 in pages, names 9 px high, a FEEL editor with the variables at hand, conflicts put together, files in and out)

export type Asked =
  | {
      readonly id: number;
      readonly ask: 'check' | 'variables';
      readonly xml: string;
      readonly context: CheckContext;
    }
  | {
      readonly id: number;
      readonly ask: 'difference';
      readonly before: string;
      readonly after: string;
      readonly words: LawWords;
    }
  | ({
      readonly id: number;
      readonly ask: 'merge';
      readonly choices: { readonly [element: string]: Choice };
      readonly words: LawWords;
    } & { readonly [side in 'base' | Choice]: string });

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
<<<<<<< HEAD
  const answer =
    data.ask === 'check'
      ? checkSource(data.xml, data.context)
      : compareSources(data.before, data.after, data.words);
  answer.then(
=======
  answerTo(data).then(
>>>>>>> cf670cde (The designer as its users know it: 办理 in pages, names 9 px high, a FEEL editor with the variables at hand, conflicts put together, files in and out)
    (value) => postMessage({ id: data.id, value }),
    (error: unknown) => postMessage({ id: data.id, error: String(error) }),
  );
});

function answerTo(data: Asked): Promise<unknown> {
  switch (data.ask) {
    case 'check':
      return checkDiagram(data.xml, data.context);
    case 'variables':
      return variablesOfDiagram(data.xml, data.context);
    case 'difference':
      return difference(data.before, data.after, data.words);
    case 'merge':
      return merge(data, data.choices, data.words);
  }
}
