import { toShanghaiIso } from '../../kernel/civil-date.js';
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

export const hypothesisView = (one: StoredHypothesis) => ({
  id: one.id,
  kind: one.kind,
  ...figuresView(one),
  raisedAt: toShanghaiIso(one.raisedAt),
  seenAt: toShanghaiIso(one.seenAt),
  open: one.open,
});

export const questionView = ({
  id,
  unit,
  question,
  askedBy,
  askedAt,
  dueAt,
  answer,
  answeredBy,
  answeredAt,
}: Question) => ({
  ...{ id, unit, question, askedBy },
  askedAt: toShanghaiIso(askedAt),
  dueAt: toShanghaiIso(dueAt),
  answer:
    answer === null || answeredBy === null || answeredAt === null
      ? null
      : { text: answer, by: answeredBy, at: toShanghaiIso(answeredAt) },
});
