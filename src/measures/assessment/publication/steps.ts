import type { PublicationKind } from '../model/index.js';

/** The deed of publishing each kind. */
export const deedOf = {
  public: 'data.published',
  intake: 'intake.published',
  circular: 'results.circulated',
} as const satisfies {
  readonly [Kind in PublicationKind]: string;
};
