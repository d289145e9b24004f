/** Projects warnings, acts on them, special studies and their answers. */
import { adds, projector, same, type Placed } from '../../accountability/index.js';
export const warningStream = 'warnings';

const stands = { stream: warningStream };

export const warningProjector = projector({
  table: 'warning',
  stands,
  key: ['id'],
  numbered: 'id',
  columns: {
    id: same('预警'),
    sort: same('种类'),
    district: same('区县'),
    matter: same('事项'),
    observed: same('件数'),
    expected: same('平常'),
    since: same('自'),
    tipped_by: same('因哪张'),
    raised_at: same('何时'),
  },
  project: {
    'warning.raised': ({ at, body }) => {
      const { warning: id, sort, district, matter, observed, expected, since, tippedBy } = body;
      return adds({
        ...{ id, sort, district, matter, observed, expected, since: new Date(since) },
        ...{ tipped_by: tippedBy, raised_at: at },
      });
    },
  },
});

const acted = (act: string) => (entry: Placed<`warning.${'acknowledged' | 'dismissed'}`>) => {
  const { warning, reason, actor } = entry.body;
  return adds({ warning, act, reason, actor, at: entry.at });
};

/** Acts on a warning are numbered by their order. */
export const warningActProjector = projector({
  table: 'warning_act',
  stands,
  key: ['warning'],
  list: 'id',
  columns: {
    warning: same('预警'),
    act: same('办'),
    reason: same('事由'),
    actor: same('谁'),
    at: same('何时'),
  },
  project: {
    'warning.acknowledged': acted('acknowledged'),
    'warning.dismissed': acted('dismissed'),
    'study.suggested': ({ at, body: { warning, reason, actor } }) =>
      warning === null ? [] : adds({ warning, act: 'suggested', reason, actor, at }),
  },
});

export const studyProjector = projector({
  table: 'study_suggestion',
  stands,
  key: ['id'],
  numbered: 'id',
  columns: {
    id: same('建议'),
    warning: same('预警'),
    district: same('区县'),
    matter: same('事项'),
    unit: same('单位'),
    reason: same('事由'),
    suggested_by: same('谁'),
    suggested_at: same('何时'),
  },
  project: {
    'study.suggested': ({ at, body: { study: id, warning, district, matter, unit, reason, actor } }) =>
      adds({ id, warning, district, matter, unit, reason, suggested_by: actor, suggested_at: at }),
  },
});

const answered = (taken: boolean) => (entry: Placed<'study.taken' | 'study.declined'>) => {
  const { study: suggestion, reason, actor } = entry.body;
  return adds({ suggestion, taken, reason, answered_by: actor, answered_at: entry.at });
};

export const studyAnswerProjector = projector({
  table: 'study_answer',
  stands,
  key: ['suggestion'],
  columns: {
    suggestion: same('建议'),
    taken: same('开展'),
    reason: same('事由'),
    answered_by: same('谁'),
    answered_at: same('何时'),
  },
  project: { 'study.taken': answered(true), 'study.declined': answered(false) },
});

export const warningProjectors = [
  warningProjector,
  warningActProjector,
  studyProjector,
  studyAnswerProjector,
];
