import { readCase } from '../../casework/index.js';
import { definitionOf, parseDiagram, sourcesInForce } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { meaningOf } from '../../policy/index.js';
import {
  coverageOf,
  recordedVersions,
  shippedCatalogue,
  shippedScenarios,
  textOfVersion,
  violatedDuties,
} from '../../regulation/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { regulationOfCase } from '../regulation-of-case.js';
import { unitsSeen, within } from '../sight.js';
import { caseSummaries } from '../store/case-summary-store.js';
import { coverageView, dutyView, regulationView } from '../views/regulation-view.js';

type Answering = Pick<Handlers, 'readRegulation' | 'readCoverage' | 'readDuties' | 'listDuties'>;

export function regulationHandlers(deps: HttpDeps): Answering {
  const shipped = shippedCatalogue();
  const judging = regulationOfCase();

  return {
    readRegulation: async ({ query: { version } }) => ({
      status: 200,
      body: await deps.database.transaction(async (transaction) => {
        await deps.policies.refresh(transaction);
        const now = deps.clock.now();
        const versions = await recordedVersions(transaction);
        const recorded =
          version === undefined
            ? judging.versionAt(versions, now)
            : versions.find(({ id }) => id === version);
        if (version !== undefined && !recorded) {
          throw new Refusal('regulation.not-found', `没有记下过第 ${version} 版条例`, {
            where: 'version',
            remedy: '不写 version 看现行的一版,versions 里有记下的各版',
          });
        }
        const catalogue = await judging.catalogueOf(transaction, recorded);
        const { catalogue: policies } = deps.policies;
        const standing = deps.policies.at(now);
        return regulationView({
          catalogue,
          recorded,
          versions,
          official: await textOfVersion(transaction, catalogue.version),
          policies,
          meaningOf: (key) => {
            const policy = policies.named(key);
            return meaningOf(policy, standing.value(key) ?? policy.value);
          },
        });
      }),
    }),
    readCoverage: async () => {
      const sources = await deps.database.transaction((transaction) =>
        sourcesInForce(transaction, deps.clock.now()),
      );
      const definitions = await Promise.all(
        sources.map(async (source) => definitionOf(await parseDiagram(source))),
      );
      return {
        status: 200,
        body: coverageView(shipped, coverageOf(shipped, definitions, shippedScenarios())),
      };
    },
    readDuties: async ({ viewer, params: { no } }) => {
      const { file, trail } = await readCase(within(deps, viewer), no);
      const { startedAt } = file;
      const at = deps.clock.now();
      return deps.database.transaction(async (transaction) => ({
        status: 200,
        body: await judging.dutiesIn(transaction, { trail, startedAt, at }),
      }));
    },
    listDuties: async ({ viewer, query: { limit, cursor, unit, ...asked } }) => {
      const after = markOf(marks.duty, cursor);
      const at = deps.clock.now();
      const own = unitsSeen(viewer);
      const wanted = unit?.replaceAll(/\s/g, '');
      const units = wanted === undefined ? own : (own ?? [wanted]).filter((one) => one === wanted);
      return within(deps, viewer).database.transaction(async (transaction) => {
        const read = await violatedDuties(transaction, { ...asked, at, units, most: limit + 1, after });
        const { rows, next } = pageOf(read, limit, ({ mark }) => mark);
        const found = await caseSummaries(transaction, [...new Set(rows.map(({ stream }) => stream))]);
        const items = rows.map((duty) => ({
          no: duty.stream,
          title: found.get(duty.stream)?.title ?? '',
          ...dutyView(shipped, duty, at),
        }));
        return { status: 200, body: { limit, next, items } };
      });
    },
  };
}
