/** Web worker for checks and differences: a large diagram takes longer than a frame. */
import '../../../api/jitless.js';
import {
  checkSource,
  compareSources,
  examineTable,
  mergeSources,
  variablesOfDiagram,
  type CheckContext,
  type Choices,
  type LawWords,
  type Sides,
} from '../../../../design/compliance/index.js';
import { law, useLaw, type Law } from '../../../law/page-law.js';

export type Asked =
  | { readonly ask: 'law'; readonly law: Law }
  | {
      readonly id: number;
      readonly ask: 'check' | 'examine' | 'variables';
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
      readonly choices: Choices;
      readonly words: LawWords;
    } & Sides);

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  if (data.ask === 'law') return useLaw(data.law);
  answerTo(data).then(
    (value) => postMessage({ id: data.id, value }),
    (error: unknown) => postMessage({ id: data.id, error: String(error) }),
  );
});

function answerTo(data: Exclude<Asked, { ask: 'law' }>): Promise<unknown> {
  switch (data.ask) {
    case 'check':
      return checkSource(data.xml, data.context);
    case 'examine':
      return examineTable(data.xml, data.context);
    case 'variables':
      return variablesOfDiagram(data.xml, data.context);
    case 'difference':
      return compareSources(data.before, data.after, data.words, law());
    case 'merge':
      return mergeSources(data, data.choices, data.words, law());
  }
}
