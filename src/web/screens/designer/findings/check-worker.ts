/** Web worker for checks and differences: a large diagram takes longer than a frame. */
import '../../../api/jitless.js';
import { checkSource, compareSources, type CheckContext, type LawWords } from '../../../../compliance/index.js';

export type Asked =
  | { readonly id: number; readonly ask: 'check'; readonly xml: string; readonly context: CheckContext }
  | {
      readonly id: number;
      readonly ask: 'difference';
      readonly before: string;
      readonly after: string;
      readonly words: LawWords;
    };

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const answer =
    data.ask === 'check'
      ? checkSource(data.xml, data.context)
      : compareSources(data.before, data.after, data.words);
  answer.then(
    (value) => postMessage({ id: data.id, value }),
    (error: unknown) => postMessage({ id: data.id, error: String(error) }),
  );
});
