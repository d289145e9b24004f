/** The radar's hypotheses, questions, answers and decisions, against its stream. */
import { comparison } from '../../accountability/index.js';
import { comparedRadar, radarStream, radarTables as tables } from '../../measures/radar/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

interface Said {
  readonly rows: Readonly<Record<(typeof tables)[number], Gathered>>;
  /** By hypothesis. */
  readonly entries: Map<number, number>;
  readonly decided: Map<number, number>;
}

export const radarComparison = comparison<Said>({
  tables,
  stream: radarStream,
  reads: (stream) => stream === radarStream,
  takes: (type) => type.startsWith('radar.') && type !== 'radar.looked',
  begin: () => ({
    rows: {
      radar_hypothesis: new Map(),
      radar_question: new Map(),
      radar_answer: new Map(),
      radar_decision: new Map(),
    },
    entries: new Map(),
    decided: new Map(),
  }),
  add: (said, entry) => {
    const { rows, entries, decided } = said;
    switch (entry.type) {
      case 'radar.raised':
      case 'radar.grown':
      case 'radar.reopened': {
        const { hypothesis, pattern, subject, found, of, restFound, restOf, power } = entry.body;
        const listed = (entries.get(hypothesis) ?? 0) + entry.body.entries.length;
        entries.set(hypothesis, listed);
        const facts = {
          ...{ 情形: pattern, 对象: subject, 件数: `${found}/${of}`, 其他: `${restFound}/${restOf}` },
          ...{ 机会: String(power), 打开: '是', 条目: String(listed) },
        };
        say(rows.radar_hypothesis, String(hypothesis), facts, entry);
        break;
      }
      case 'radar.asked': {
        const { question, hypothesis, unit, text, actor } = entry.body;
        const facts = { 线索: String(hypothesis), 单位: unit, 问: text, 谁: actor };
        say(rows.radar_question, String(question), facts, entry);
        break;
      }
      case 'radar.answered':
        say(
          rows.radar_answer,
          String(entry.body.question),
          { 答: entry.body.reason, 谁: entry.body.actor },
          entry,
        );
        break;
      case 'radar.decided': {
        const { hypothesis, decision, reason, actor } = entry.body;
        const number = (decided.get(hypothesis) ?? 0) + 1;
        decided.set(hypothesis, number);
        say(
          rows.radar_decision,
          `${hypothesis} ${number}`,
          { 决定: decision, 理由: reason, 谁: actor },
          entry,
        );
        say(rows.radar_hypothesis, String(hypothesis), { 打开: '否' }, entry);
        break;
      }
      default:
    }
    return said;
  },
  compare: async (transaction, ended) => {
    const is = await comparedRadar(transaction);
    return [...ended.values()].flatMap(({ rows }) =>
      tables.flatMap((table) =>
        differencesOf(
          table,
          is.filter((row) => row.table === table),
          rows[table],
        ),
      ),
    );
  },
});
