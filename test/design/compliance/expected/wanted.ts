/**
 * Expected findings for an invalid diagram, in order: the element, the article unless it is `—`,
 * words of the message.
 */
import type { RuleName } from '../../../../src/design/compliance/index.js';

interface Wanted {
  readonly element: string;
  readonly article?: string;
  readonly severity?: 'warning';
  readonly message: string;
}

/** By rule and the name of the invalid diagram. */
export type Expected = { readonly [Rule in RuleName]?: { readonly [name: string]: readonly Wanted[] } };
