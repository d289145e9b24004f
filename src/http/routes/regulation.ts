import { civilDateOf } from '../../kernel/civil-date.js';
import { dutyExplainer, readCase, standInsOf } from '../../cases/index.js';
import {
  barredCases,
  definitionOf,
  isDecisionXml,
  parseDiagram,
  sourcesInForce,
} from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { meaningOf } from '../../law/policy/index.js';
import {
  conformityOf,
  countAims,
  coverageOf,
  recordedVersions,
  shippedScenarios,
  textOfVersion,
  violatedDuties,
} from '../../law/regulation/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { isSound } from '../../accountability/events/index.js';
import { dutiesIn } from '../regulation-of-case.js';
import { seenBy } from '../proceedings.js';
import { forViewer, readAs, unitsSeen } from '../sight.js';
import { caseSummaries } from '../store/case-summary-store.js';
import { provisionView } from '../views/provision-view.js';
import { coverageView, dutyView, regulationView } from '../views/regulation-view.js';
import { unitNamed } from '../../kernel/unit-name.js';

type Answering = Pick<
  Handlers,
  'readRegulation' | 'readCoverage' | 'readConformity' | 'readDuties' | 'explainDuty' | 'listDuties'
>;

export function regulationHandlers(deps: HttpDeps): Answering {
  const { catalogues, laws } = deps;
  const { standIns } = deps.identity.rules;
  return {
    readRegulation: async ({ query: { version } }, transaction) => {
      await deps.policies.refresh(transaction);
      const now = deps.clock.now();
      const versions = await recordedVersions(transaction);
      const asked = versions.find(({ id }) => id === version);
      if (version !== undefined && !asked) {
        throw new Refusal('regulation.not-found', `没有记下过第 ${version} 版条例`, {
          where: 'version',
          remedy: '不写 version 看现行的一版，versions 里有记下的各版',
        });
      }
      const { catalogue, recorded } = asked
        ? { catalogue: await catalogues.of(transaction, asked), recorded: asked }
        : await catalogues.at(transaction, now);
      const { catalogue: policies } = deps.policies;
      const standing = deps.policies.at(now);
      return regulationView({
        catalogue,
        recorded,
        versions,
        official: await textOfVersion(transaction, catalogue.version),
        law: laws.today(),
        policies,
        meaningOf: (key) => {
          const policy = policies.named(key);
          return meaningOf(policy, standing.value(key) ?? policy.value);
        },
      });
    },
    readCoverage: async ({ query: { on } }, transaction) => {
      const now = deps.clock.now();
      const sources = (await sourcesInForce(transaction, now)).filter((source) => !isDecisionXml(source));
      const holding = await catalogues.on(transaction, on ?? civilDateOf(now), now);
      return async () => {
        const definitions = await Promise.all(
          sources.map(async (source) => definitionOf(await parseDiagram(source))),
        );
        return coverageView(holding, coverageOf(holding.catalogue, definitions, shippedScenarios()));
      };
    },
    readConformity: async (_asked, transaction) => {
      await deps.policies.refresh(transaction);
      await deps.calendar.refresh(transaction);
      const now = deps.clock.now();
      const { catalogue } = await catalogues.at(transaction, now);
      const [policies, calendar] = [deps.policies.at(now), deps.calendar.current()];
      const inForce = { catalogue, policies, calendar, day: civilDateOf(now) };
      const aims = await countAims(transaction, inForce, laws.today(), now);
      return () => ({ ...conformityOf(inForce), aims });
    },
    readDuties: async ({ viewer, params: { no } }) => {
      const view = await readCase(forViewer(deps, viewer), no);
      const { file, trail } = seenBy(view, viewer, deps.definitions);
      const { startedAt } = file;
      const at = deps.clock.now();
      return (transaction) =>
        dutiesIn({ catalogues, laws, standIns }, transaction, {
          trail: trail.filter(isSound),
          startedAt,
          at,
        });
    },
    explainDuty: async ({ viewer, params: { no, norm } }) => {
      const { file, trail } = await readCase(forViewer(deps, viewer), no);
      const asked = { trail: trail.filter(isSound), startedAt: file.startedAt, at: deps.clock.now() };
      return async (transaction) => {
        const reasons = (await dutyExplainer({ catalogues, laws, standIns }, transaction, asked)).explain(
          norm,
        );
        return { ...reasons, at: asked.at, provisions: reasons.provisions.map(provisionView) };
      };
    },
    listDuties: async ({ viewer, query: { limit, cursor, unit, ...asked } }) => {
      const after = markOf(marks.duty, cursor);
      const at = deps.clock.now();
      const own = unitsSeen(viewer);
      const wanted = unitNamed(unit);
      const units = wanted === undefined ? own : (own ?? [wanted]).filter((one) => one === wanted);
      const { rows, next, found } = await readAs(deps, viewer, async (transaction) => {
        const read = await violatedDuties(transaction, { ...asked, at, units, most: limit + 1, after });
        const page = pageOf(read, limit, ({ mark }) => mark);
        const nos = [...new Set(page.rows.map(({ stream }) => stream))];
        return { ...page, found: await caseSummaries(transaction, nos) };
      });
      return async (transaction) => {
        const binding = await catalogues.binding(transaction);
        const barred = await barredCases(transaction, [...new Set(rows.map(({ stream }) => stream))]);
        const items = [];
        for (const duty of rows) {
          const summary = found.get(duty.stream);
          // Under the version that applies to the case.
          const { catalogue } = await binding(summary?.startedAt ?? at);
          const one = barred.get(duty.stream);
          const taken = one ? standInsOf(standIns)(one.variables, deps.policies.at(one.startedAt)) : {};
          const bearerFor = (bearer: string): string => standIns.bearerFor(bearer, taken);
          items.push({
            no: duty.stream,
            title: summary?.title ?? '',
            ...dutyView(catalogue, duty, at, bearerFor, laws.today()),
          });
        }
        return { limit, next, items };
      };
    },
  };
}
