import {
  chanceOf,
  radarRules,
  sentenceOf,
  type Question,
  type StoredHypothesis,
} from '../../measures/radar/index.js';

export function figuresView(one: StoredHypothesis) {
  const { pattern, subject, found, of, restFound, restOf, power } = one;
  const { title, looks, innocent } = radarRules().patterns[pattern];
  return {
    ...{ pattern, title, subject, sentence: sentenceOf(one), looks, innocent },
    ...{ found, of, restFound, restOf, chance: chanceOf(power) },
  };
}

export const hypothesisView = (one: StoredHypothesis) => ({ ...one, ...figuresView(one) });

export const questionView = ({ answer, answeredBy, answeredAt, ...rest }: Question) => ({
  ...rest,
  answer:
    answer === null || answeredBy === null || answeredAt === null
      ? null
      : { text: answer, by: answeredBy, at: answeredAt },
});
