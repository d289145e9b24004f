/** Warnings and special studies, against the stream `warnings`. */
import { comparedWarnings, warningStream, warningTables } from '../../measures/warning/index.js';
import { say } from './gathered.js';
import { onOneStream } from './one-stream.js';

export const warningsComparison = onOneStream({
  stream: warningStream,
  tables: warningTables,
  takes: (type) => type.startsWith('warning.') || type.startsWith('study.'),
  rows: comparedWarnings,
  add: (rows, entry) => {
    const act = (
      warning: number,
      what: string,
      { reason, actor }: { reason: string; actor: string },
    ): void => {
      const before = [...rows.warning_act.keys()].filter((name) => name.startsWith(`${warning} `)).length;
      say(rows.warning_act, `${warning} ${before + 1}`, { 办: what, 事由: reason, 谁: actor }, entry);
    };
    switch (entry.type) {
      case 'warning.raised': {
        const { warning, sort, district, matter, observed, expected, since, tippedBy } = entry.body;
        const facts = {
          ...{ 种类: sort, 区县: district, 事项: matter, 件数: String(observed) },
          ...{
            平常: expected === null ? null : String(expected),
            因哪张: tippedBy,
            自: String(Date.parse(since)),
          },
        };
        say(rows.warning, String(warning), facts, entry);
        break;
      }
      case 'warning.acknowledged':
        act(entry.body.warning, 'acknowledged', entry.body);
        break;
      case 'warning.dismissed':
        act(entry.body.warning, 'dismissed', entry.body);
        break;
      case 'study.suggested': {
        const { study, warning, district, matter, unit, reason, actor } = entry.body;
        const of = warning === null ? null : String(warning);
        const facts = { 预警: of, 区县: district, 事项: matter, 单位: unit, 事由: reason, 谁: actor };
        say(rows.study_suggestion, String(study), facts, entry);
        if (warning !== null) act(warning, 'suggested', entry.body);
        break;
      }
      case 'study.taken':
      case 'study.declined': {
        const { study, reason, actor } = entry.body;
        const facts = { 开展: entry.type === 'study.taken' ? '是' : '否', 事由: reason, 谁: actor };
        say(rows.study_answer, String(study), facts, entry);
        break;
      }
      default:
    }
  },
});
