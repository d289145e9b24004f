/** Projects the radar's hypotheses with their entries, questions, answers and decisions. */
import { adds, changes, projector, same, type Placed } from '../../accountability/index.js';
export const radarStream = 'radar';

const stands = { stream: radarStream };

type Seen = Placed<'radar.raised' | 'radar.grown' | 'radar.reopened'>;

const seen = ({ at, body }: Seen) => ({
  ...{ id: body.hypothesis, found: body.found, of: body.of },
  ...{ rest_found: body.restFound, rest_of: body.restOf, power: body.power, seen_at: at, open: true },
});
const seenAgain = (entry: Seen) => changes(seen(entry));

const hypothesisProjector = projector({
  table: 'radar_hypothesis',
  stands,
  key: ['id'],
  columns: {
    id: same('线索'),
    pattern: same('情形'),
    kind: same('何种对象'),
    subject: same('对象'),
    found: same('件数'),
    of: same('在多少件当中'),
    rest_found: same('其他的件数'),
    rest_of: same('其他的在多少件当中'),
    power: same('机会'),
    raised_at: same('提出'),
    seen_at: same('最近'),
    open: same('打开'),
  },
  project: {
    'radar.raised': (entry) => {
      const { pattern, kind, subject } = entry.body;
      return adds({ ...seen(entry), pattern, kind, subject, raised_at: entry.at });
    },
    'radar.grown': seenAgain,
    'radar.reopened': seenAgain,
    'radar.decided': ({ body: { hypothesis: id } }) => changes({ id, open: false }),
  },
});

const places = ({ body: { hypothesis, entries } }: Seen) =>
  entries.map(({ stream, seq }) => adds({ hypothesis, stream, seq }));

const placeProjector = projector({
  table: 'radar_place',
  stands,
  key: ['hypothesis', 'stream', 'seq'],
  columns: { hypothesis: same('线索'), stream: same('链'), seq: same('第几条') },
  called: (hypothesis, stream, seq) => `${hypothesis} ${stream} 第 ${seq} 条`,
  project: { 'radar.raised': places, 'radar.grown': places, 'radar.reopened': places },
});

const questionProjector = projector({
  table: 'radar_question',
  stands,
  key: ['id'],
  columns: {
    id: same('询问'),
    hypothesis: same('线索'),
    unit: same('单位'),
    question: same('问'),
    asked_by: same('谁'),
    asked_at: same('何时'),
    due_at: same('期限'),
  },
  project: {
    'radar.asked': ({ at, body: { question: id, hypothesis, unit, text, due, actor } }) =>
      adds({
        ...{ id, hypothesis, unit, question: text },
        ...{ asked_by: actor, asked_at: at, due_at: new Date(due) },
      }),
  },
});

const answerProjector = projector({
  table: 'radar_answer',
  stands,
  key: ['question'],
  columns: { question: same('询问'), answer: same('答'), answered_by: same('谁'), answered_at: same('何时') },
  project: {
    'radar.answered': ({ at, body: { question, reason, actor } }) =>
      adds({ question, answer: reason, answered_by: actor, answered_at: at }),
  },
});

/** Decisions on a hypothesis are numbered by their order. */
const decisionProjector = projector({
  table: 'radar_decision',
  stands,
  key: ['hypothesis'],
  list: 'id',
  columns: {
    hypothesis: same('线索'),
    decision: same('决定'),
    reason: same('理由'),
    decided_by: same('谁'),
    decided_at: same('何时'),
  },
  project: {
    'radar.decided': ({ at, body: { hypothesis, decision, reason, actor } }) =>
      adds({ hypothesis, decision, reason, decided_by: actor, decided_at: at }),
  },
});

export const radarProjectors = [
  hypothesisProjector,
  placeProjector,
  questionProjector,
  answerProjector,
  decisionProjector,
];
