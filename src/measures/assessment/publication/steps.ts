import type { PublicationKind } from '../model/index.js';

/** The deed that publishing it is. */
export const deedOf = {
  public: 'data.published',
  intake: 'intake.published',
  circular: 'results.circulated',
} as const satisfies {
  readonly [Kind in PublicationKind]: string;
};
