/** Projects methods, exclusions and publications from `assessment`, and facts from the trails of the cases. */
import { adds, content, projection, projector, same, type Placed } from '../../accountability/index.js';
import { contentDigest } from '../../kernel/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { differingFacts } from './differing-facts.js';
import { differingSums } from './store/period-store.js';
import { assessmentStream } from './stream.js';

const stands = { stream: assessmentStream };

const methodProjector = projector({
  table: 'assessment_method_proposal',
  stands,
  key: ['id'],
  columns: {
    id: same('办法'),
    author: same('谁'),
    login: same('登录名'),
    reason: same('事由'),
    effective_from: same('自何月'),
    content: content('内容'),
  },
  project: {
    'method.proposed': ({ body }) => {
      const { proposal: id, actor: author, login, reason, effectiveFrom } = body;
      return adds({
        ...{ id, author, login, reason, effective_from: effectiveFrom, content: contentDigest(body.content) },
      });
    },
  },
});

const ruled =
  (decision: string) => (entry: Placed<'method.approved' | 'method.rejected' | 'method.withdrawn'>) => {
    const { proposal, actor, login, reason, document } = entry.body;
    return adds({ proposal, decision, actor, login, reason, document });
  };

const methodRulingProjector = projector({
  table: 'assessment_method_ruling',
  stands,
  key: ['proposal'],
  columns: {
    proposal: same('办法'),
    decision: same('决定'),
    actor: same('谁'),
    login: same('登录名'),
    reason: same('事由'),
    document: same('文号'),
  },
  project: {
    'method.approved': ruled('approve'),
    'method.rejected': ruled('reject'),
    'method.withdrawn': ruled('withdraw'),
  },
});

const exclusionProjector = projector({
  table: 'assessment_exclusion',
  stands,
  key: ['id'],
  columns: {
    id: same('申请'),
    stream: same('工单'),
    measure: same('哪一项'),
    opened: same('自第几条'),
    period: same('月份'),
    unit: same('单位'),
    applied_by: same('谁'),
    login: same('登录名'),
    applied_at: same('何时'),
  },
  project: {
    'exclusion.applied': ({
      at,
      body: { exclusion: id, sheet, measure, opened, period, unit, actor, login },
    }) =>
      adds({ id, stream: sheet, measure, opened, period, unit, applied_by: actor, login, applied_at: at }),
  },
});

const onExclusion = (granted: boolean) => (entry: Placed<'exclusion.granted' | 'exclusion.refused'>) => {
  const { exclusion, actor, login } = entry.body;
  return adds({ exclusion, granted, ruled_by: actor, login, ruled_at: entry.at });
};

const exclusionRulingProjector = projector({
  table: 'assessment_exclusion_ruling',
  stands,
  key: ['exclusion'],
  columns: {
    exclusion: same('申请'),
    granted: same('准予'),
    ruled_by: same('谁'),
    login: same('登录名'),
    ruled_at: same('何时'),
  },
  project: { 'exclusion.granted': onExclusion(true), 'exclusion.refused': onExclusion(false) },
});

const publicationProjector = projector({
  table: 'assessment_publication',
  stands,
  key: ['id'],
  columns: {
    id: same('哪一份'),
    kind: same('种类'),
    period: same('月份'),
    version: same('版'),
    drafted_by: same('谁'),
    drafted_at: same('何时'),
    content: content('内容'),
  },
  project: {
    'publication.drafted': ({ at, body: { publication: id, kind, period, version, actor, digest } }) =>
      adds({ id, kind, period, version, drafted_by: actor, drafted_at: at, content: digest }),
  },
});

const acted =
  (act: 'approve' | 'return') =>
  ({
    body: { publication, kind, period, version, actor, login, reason },
  }: Placed<'publication.approved' | 'publication.returned'>) =>
    adds({ publication, kind, period, version, act, actor, login, reason });

/** Acts on a publication are numbered by their order. */
const publicationActProjector = projector({
  table: 'assessment_publication_act',
  source: `(SELECT a.*, p.kind, p.period, p.version FROM assessment_publication_act a
              JOIN assessment_publication p ON p.id = a.publication)`,
  stands,
  key: ['publication'],
  list: 'seq',
  columns: {
    publication: same('哪一份'),
    kind: same('种类'),
    period: same('月份'),
    version: same('版'),
    act: same('办'),
    actor: same('谁'),
    login: same('登录名'),
    reason: same('事由'),
    cases: content('案例'),
    content: content('内容'),
  },
  project: {
    // A correction starts with the cases of the preceding version.
    'publication.drafted': (
      { body: { publication, kind, period, version, actor, login, correction } },
      rows,
    ) => {
      if (version === 1) return [];
      const before = [...rows].filter(
        (row) =>
          row.kind === kind &&
          row.period === period &&
          row.version === String(version - 1) &&
          row.act === 'cases',
      );
      const cases = before.at(-1)?.cases ?? contentDigest([]);
      return adds({
        ...{ publication, kind, period, version, act: 'cases', actor, login, reason: correction, cases },
        content: null,
      });
    },
    'publication.cases-written': ({ body: { publication, kind, period, version, actor, login, digest } }) =>
      adds({
        ...{ publication, kind, period, version, act: 'cases', actor, login, reason: null, cases: digest },
        content: null,
      }),
    'publication.approved': acted('approve'),
    'publication.returned': acted('return'),
    'publication.published': ({ body: { publication, kind, period, version, actor, login, digest } }) =>
      adds({ publication, kind, period, version, act: 'publish', actor, login, content: digest }),
  },
});

/** Compares the stored assessment facts and sums with the trail. */
export const factsProjection = (catalogues: Catalogues) =>
  projection<boolean>({
    tables: ['assessment_fact', 'assessment_tally', 'assessment_spread'],
    reads: () => true,
    takes: (type) => type === 'instance.started',
    begin: () => false,
    add: () => true,
    compare: async (transaction, ended) => {
      const cases = [...ended].flatMap(([stream, begun]) => (begun ? [stream] : []));
      const found = await differingFacts(transaction, cases, catalogues);
      return found.map(([row, detail]) => ({
        ...{ table: 'assessment_fact', row, detail, since: { stream: row, seq: 1 } },
      }));
    },
    strays: differingSums,
  });

export const assessmentProjectors = [
  methodProjector,
  methodRulingProjector,
  exclusionProjector,
  exclusionRulingProjector,
  publicationProjector,
  publicationActProjector,
];
