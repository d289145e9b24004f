/** Why a matter took as long as it did, for its caller and for those who handle it. */
import type { Said } from '../contract/operation.js';
import { type WorkingCalendar } from '../../calendar/index.js';
import {
  clockFrom,
  measured,
  stretchesOf,
  type CaseView,
  type MeasuredStretch,
  type TimeTaken,
} from '../../cases/index.js';
import type { Occasions } from '../../channel/message/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import { provisionView } from './provision-view.js';
import type { timeTaken } from '../contract/time-taken.js';

export interface TimeTakenAsked {
  readonly now: Date;
  readonly elementsOf: Parameters<typeof stretchesOf>[1]['elementsOf'];
  readonly calendar: WorkingCalendar;
  /** The occasions identify which deeds are answers. */
  readonly occasions: Pick<Occasions, 'of'>;
}

type Answered = Said<typeof timeTaken>['answered'];

export function timeTakenOf(
  { file, trail }: Pick<CaseView, 'file' | 'trail'>,
  catalogue: Catalogue,
  { now, elementsOf, calendar, occasions }: TimeTakenAsked,
): TimeTaken & { readonly answered: Answered } {
  const from = trail[0]?.at ?? file.startedAt;
  const stretches = stretchesOf(trail, { elementsOf, catalogue, until: file.endedAt ?? now });
  const answer = trail.find((entry) => occasions.of(entry).some(({ needsAnswer }) => needsAnswer));
  return {
    ...measured(calendar, stretches, from),
    answered: answer ? { at: answer.at, ...clockFrom(calendar, from)(answer.at) } : null,
  };
}

export const timeTakenView = ({
  stretches,
  ...rest
}: ReturnType<typeof timeTakenOf>): Said<typeof timeTaken> => ({
  ...rest,
  stretches: stretches.map(stretchView),
});

const stretchView = ({ provisions, ...rest }: MeasuredStretch) => ({
  ...rest,
  provisions: provisions.map(provisionView),
});
