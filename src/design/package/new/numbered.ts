import type { LawArticle } from '../../../law/regulation/index.js';
import type { NormAnswer } from '../answers/index.js';

/** An answer with the number of the norm that it becomes, and its article. */
export interface Numbered extends NormAnswer {
  readonly id: string;
  readonly at: string[];
  readonly article: LawArticle;
}
