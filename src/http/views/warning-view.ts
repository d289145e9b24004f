import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { ClassTree } from '../../sheet/classification/index.js';
import {
  kindName,
  titleOf,
  type DoneAct,
  type SheetOfMatter,
  type Suggestion,
  type Warning,
} from '../../measures/warning/index.js';

export const doneView = ({ act, reason, actor, at }: DoneAct) => ({
  act,
  reason,
  actor,
  at: toShanghaiIso(at),
});

export const warningView = (tree: ClassTree, one: Warning, last: DoneAct | null) => ({
  id: one.id,
  sort: one.sort,
  district: one.district,
  matter: one.matter,
  title: titleOf(tree, one),
  spot: one.spot,
  since: toShanghaiIso(one.since),
  tippedAt: toShanghaiIso(one.tippedAt),
  raisedAt: toShanghaiIso(one.raisedAt),
  observed: one.observed,
  expected: one.expected,
  sheets: one.sheets,
  lastAt: toShanghaiIso(one.lastAt),
  last: last && doneView(last),
});

export const matterSheetView = (
  tree: ClassTree,
  { no, title, district, class: code, receivedAt, place, longitude, latitude }: SheetOfMatter,
) => ({
  no,
  title,
  district,
  class: code,
  className: kindName(tree, code),
  receivedAt: toShanghaiIso(receivedAt),
  place,
  point: longitude === null || latitude === null ? null : { longitude, latitude },
});

export const studyView = ({ suggestedAt, answer, ...study }: Suggestion) => ({
  ...study,
  suggestedAt: toShanghaiIso(suggestedAt),
  answer: answer && {
    taken: answer.taken,
    reason: answer.reason,
    answeredBy: answer.answeredBy,
    answeredAt: toShanghaiIso(answer.answeredAt),
  },
});
