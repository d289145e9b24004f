import { civilDateOf } from '../../kernel/civil-date.js';
import {
  cancelComparison,
  orderComparison,
  packageTexts,
  readAmendment,
  readAmendments,
  ruleAmendment,
  saveAmendment,
  versionsOf,
  viewComparison,
} from '../../cases/index.js';
import {
  annotate,
  definitionOf,
  isDecisionXml,
  parseDecision,
  parseDiagram,
  sourcesInForce,
} from '../../engine/index.js';
import { unreadyFor } from '../../design/governance/index.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  changesOf,
  countDifferences,
  differencesOf,
  impactOf,
  owingNow,
  provisionLabel,
  shippedScenarios,
  type Amendment,
} from '../../law/regulation/index.js';
import type { amendmentOperations } from '../contract/amendment.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { comparedCase, comparisonView, saysIn } from '../views/comparison-view.js';
import { comparedTable, madeReport } from '../compared-table.js';
import { amendmentHead, amendmentView } from '../views/amendment-view.js';

type Answering = Pick<Handlers, keyof typeof amendmentOperations>;

type Viewer = Parameters<Handlers['readAmendment']>[0]['viewer'];

export function amendmentHandlers(deps: HttpDeps): Answering {
  const today = (): string => civilDateOf(deps.clock.now());
  const shown = (amendment: Amendment, viewer: Viewer) => async (transaction: Transaction) => {
    const law = deps.laws.today();
    const versions = await versionsOf(transaction, amendment, law);
    return amendmentView(amendment, versions, viewer, today(), law);
  };
  return {
    listAmendments: async (_, transaction) => ({
      items: (await readAmendments(deps, transaction)).map((one) => amendmentHead(one, today())),
    }),
    draftAmendment: async ({ viewer, body }) => {
      const saved = await saveAmendment(deps, { id: undefined, basedOn: 0, terms: body }, viewer);
      return shown(saved, viewer);
    },
    readAmendment: async ({ viewer, params: { id } }, transaction) =>
      shown(await readAmendment(deps, transaction, id), viewer)(transaction),
    saveAmendment: async ({ viewer, params: { id }, body: { revision, ...terms } }) => {
      const saved = await saveAmendment(deps, { id, basedOn: revision, terms }, viewer);
      return shown(saved, viewer);
    },
    ruleAmendment: async ({ viewer, params: { id }, body }) =>
      shown(await ruleAmendment(deps, id, body, viewer), viewer),
    readLawComparison: async ({ params: { id } }) => comparisonView(await viewComparison(deps, id)),
    orderLawComparison: async ({ params: { id }, body }) => {
      await orderComparison(deps, id, body);
      return comparisonView(await viewComparison(deps, id));
    },
    cancelLawComparison: async ({ params: { id } }) => {
      await cancelComparison(deps, id);
      return comparisonView(await viewComparison(deps, id));
    },
    listComparedCases: async ({ viewer, params: { id }, query: { limit, offset, ...asked } }) => {
      const report = await madeReport(deps, id);
      if (!report) return { total: 0, limit, offset, items: [] };
      const chosen = { ...asked, amendment: id, without: viewer.recusedFrom };
      const says = saysIn(report);
      return async (transaction) => {
        const total = await countDifferences(transaction, chosen);
        const found = await differencesOf(transaction, chosen, { limit, offset });
        return {
          total,
          limit,
          offset,
          items: found.map((one) => comparedCase(one, says, deps.laws.today())),
        };
      };
    },
    fetchComparedCases: async ({ viewer, params: { id }, query }) => ({
      name: `amendment-${id}-cases.csv`,
      mediaType: 'text/csv; charset=utf-8',
      content: comparedTable(
        deps,
        { ...query, amendment: id, without: viewer.recusedFrom },
        await madeReport(deps, id),
      ),
    }),
    readAmendmentImpact: async ({ params: { id } }, transaction) => {
      const law = deps.laws.today();
      const versions = await versionsOf(transaction, await readAmendment(deps, transaction, id), law);
      const sources = await sourcesInForce(transaction, deps.clock.now());
      // Reading all diagrams holds no connection open.
      return async () => {
        const diagrams = await Promise.all(
          sources
            .filter((source) => !isDecisionXml(source))
            .map(async (source) => {
              const { key, diagram } = definitionOf(await parseDiagram(source));
              return { process: key, elements: annotate(diagram, key).elements };
            }),
        );
        const unready = await unreadyFor(deps, versions);
        const { norms, ...impact } = impactOf(changesOf(versions.before, versions.after, law), versions, {
          diagrams,
          policies: deps.policies.catalogue.all,
          scenarios: shippedScenarios(),
          tables: await Promise.all(
            sources.filter(isDecisionXml).map(async (text) => {
              const { key, name } = await parseDecision(text);
              return { name: key, title: name, text };
            }),
          ),
          documents: packageTexts(),
        });
        return async (again: Transaction) => {
          const owing = await owingNow(again, norms);
          const all = [versions.after, versions.before].flatMap(({ chapters }) =>
            chapters.flatMap(({ articles }) => articles.flatMap((article) => article.norms)),
          );
          const saysOf = (norm: string): string => {
            const said = all.find((one) => one.id === norm);
            const place = said?.provisions[0];
            return `${place === undefined ? '' : `${provisionLabel(place)} `}${said?.says ?? ''}`;
          };
          return {
            ...impact,
            unready,
            undrawn: impact.undrawn.map((norm) => ({ norm, says: saysOf(norm) })),
            running: owing.map(({ norm, cases }) => ({ norm, cases, says: saysOf(norm) })),
          };
        };
      };
    },
  };
}
