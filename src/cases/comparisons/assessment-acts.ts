/** Methods, exclusions and publications, against the stream `assessment`. */
import type { Entry } from '../../accountability/index.js';
import {
  assessmentActTables,
  assessmentStream,
  comparedAssessmentActs,
} from '../../measures/assessment/index.js';
import { contentDigest } from '../../kernel/index.js';
import { say, type Gathered } from './gathered.js';
import { onOneStream } from './one-stream.js';

type Rows = Readonly<Record<(typeof assessmentActTables)[number], Gathered>>;

export const assessmentActsComparison = onOneStream({
  stream: assessmentStream,
  tables: assessmentActTables,
  takes: (type) => /^(method|exclusion|publication)\./.test(type),
  rows: comparedAssessmentActs,
  add: (rows: Rows, entry) => {
    addRulings(rows, entry);
    addPublications(rows, entry);
  },
});

function addRulings(rows: Rows, entry: Entry): void {
  switch (entry.type) {
    case 'method.proposed': {
      const { proposal, actor, login, reason, effectiveFrom, content } = entry.body;
      const who = { 谁: actor, 登录名: login };
      const facts = { ...who, 事由: reason, 自何月: effectiveFrom, 内容: contentDigest(content) };
      say(rows.assessment_method_proposal, String(proposal), facts, entry);
      break;
    }
    case 'method.approved':
    case 'method.rejected':
    case 'method.withdrawn': {
      const { proposal, actor, login, reason, document } = entry.body;
      const who = { 谁: actor, 登录名: login };
      const facts = { ...who, 决定: decisions[entry.type], 事由: reason, 文号: document };
      say(rows.assessment_method_ruling, String(proposal), facts, entry);
      break;
    }
    case 'exclusion.applied': {
      const { exclusion, sheet, measure, opened, period, unit, actor, login } = entry.body;
      const facts = {
        工单: sheet,
        哪一项: measure,
        自第几条: String(opened),
        月份: period,
        单位: unit,
        谁: actor,
        登录名: login,
      };
      say(rows.assessment_exclusion, String(exclusion), facts, entry);
      break;
    }
    case 'exclusion.granted':
    case 'exclusion.refused': {
      const granted = entry.type === 'exclusion.granted' ? '是' : '否';
      const { exclusion, actor, login } = entry.body;
      const facts = { 准予: granted, 谁: actor, 登录名: login };
      say(rows.assessment_exclusion_ruling, String(exclusion), facts, entry);
      break;
    }
    default:
  }
}

const decisions = {
  'method.approved': 'approve',
  'method.rejected': 'reject',
  'method.withdrawn': 'withdraw',
} as const;

function addPublications(rows: Rows, entry: Entry): void {
  const { assessment_publication: drafts, assessment_publication_act: acts } = rows;
  const act = (
    { publication, actor, login }: { publication: number; actor: string; login: string },
    facts: Readonly<Record<string, string | null>>,
  ): void => {
    const before = [...acts.keys()].filter((name) => name.startsWith(`${publication} `)).length;
    say(acts, `${publication} ${before + 1}`, { ...facts, 谁: actor, 登录名: login }, entry);
  };
  switch (entry.type) {
    case 'publication.drafted': {
      const { publication, kind, period, version, actor, digest, correction } = entry.body;
      const facts = { 种类: kind, 月份: period, 版: String(version), 谁: actor, 内容: digest };
      // A correction begins with the cases of the version before it.
      const before = casesOf(rows, kind, period, String(version - 1));
      say(drafts, String(publication), facts, entry);
      if (version > 1) act(entry.body, { 办: 'cases', 事由: correction, 内容: before });
      break;
    }
    case 'publication.cases-written':
      act(entry.body, { 办: 'cases', 事由: null, 内容: entry.body.digest });
      break;
    case 'publication.approved':
      act(entry.body, { 办: 'approve', 事由: entry.body.reason });
      break;
    case 'publication.returned':
      act(entry.body, { 办: 'return', 事由: entry.body.reason });
      break;
    case 'publication.published':
      act(entry.body, { 办: 'publish', 内容: entry.body.digest });
      break;
    default:
  }
}

/** The digest of a version's cases. */
function casesOf(rows: Rows, kind: string, period: string, version: string): string {
  const [of] =
    [...rows.assessment_publication].find(
      ([, { facts }]) => facts.种类 === kind && facts.月份 === period && facts.版 === version,
    ) ?? [];
  const written = [...rows.assessment_publication_act].filter(
    ([name, { facts }]) => name.startsWith(`${of ?? ''} `) && facts.办 === 'cases',
  );
  return written.at(-1)?.[1].facts.内容 ?? contentDigest([]);
}
