import {
  countedFacts,
  listClosings,
  listExclusions,
  listMethodProposals,
  mergedFacts,
  mergedTallies,
  numberOfFacts,
  parsePeriod,
  periodOfAct,
  sampleMethod,
  spread,
  talliedPeriods,
  tallies,
  trend,
  unitKinds,
  type Period,
} from '../../measures/assessment/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import {
  applyForExclusion,
  closesAt,
  completeRunTask,
  decideObjection,
  objectionGrounds,
  raiseObjection,
  readRun,
  ruleOnExclusion,
} from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import type { assessmentOperations } from '../contract/assessment.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { performerOf, unitsSeen, forViewer } from '../sight.js';
import {
  exclusionView,
  figuresNow,
  figuresOfRun,
  measureViews,
  methodOrSample,
  runView,
  type AssessmentBody,
} from '../views/assessment-view.js';
import { methodHandlers } from './assessment-methods.js';
import { unitName } from '../../kernel/unit-name.js';

/** Months of the trend. */
const mostMonths = 24;

export function assessmentHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof assessmentOperations> {
  const sample = sampleMethod(deps.laws.today());
  const view = async (viewer: Principal, period: Period): Promise<AssessmentBody> => {
    const law = deps.laws.today();
    const run = await readRun(deps, period);
    const grounds = run ? await objectionGrounds(deps, run) : [];
    const { closing, closes, method, ...counts } = await deps.database.transaction(async (transaction) => ({
      closes: await closesAt(deps, transaction, period),
      closing: (await listClosings(transaction, 'live')).find((one) => one.period === period),
      method: methodOrSample(await listMethodProposals(transaction), period, sample, law),
      rows: await tallies(transaction, 'live', [period]),
      merged: await mergedTallies(transaction, 'live', period),
      kinds: await unitKinds(transaction),
    }));
    const circulated = typeof run?.file.variables.circular === 'string';
    const units = run ? figuresOfRun(method, run, deps.laws) : figuresNow(method, counts, law);
    const all = viewer.sight.kind === 'all';
    return {
      period,
      closedAt: closing ? toShanghaiIso(closing.closedAt) : null,
      closesAt: closes ? toShanghaiIso(closes) : null,
      method,
      received: counts.rows.reduce((sum, { measure, of }) => sum + (measure === 'accepted' ? of : 0), 0),
      circulated,
      // Until the results are circulated, a unit sees only its own.
      units: units.filter(({ unit }) => all || circulated || viewer.units.includes(unitName(unit))),
      run: run ? runView(run, grounds, viewer, deps.clock.now(), deps.laws) : null,
    };
  };
  return {
    ...methodHandlers(deps, sample),
    listAssessments: async ({ viewer, query: { unit } }) => {
      const all = viewer.sight.kind === 'all';
      // A unit sees only its own objections.
      const units = unit === undefined ? undefined : [unitName(unit)];
      const seen = all ? units : (units ?? viewer.units).filter((one) => viewer.units.includes(one));
      const { closed, months, rows } = await deps.database.transaction(async (transaction) => {
        const counted = (await talliedPeriods(transaction, 'live')).slice(0, mostMonths);
        const present = periodOfAct(deps.clock.now());
        return {
          closed: new Set((await listClosings(transaction, 'live')).map(({ period }) => period)),
          months: counted.includes(present) ? counted : [present, ...counted],
          rows: await trend(transaction, 'live', counted, seen),
        };
      });
      const measured = measureViews(deps.laws.today());
      const periods = months.map((period) => ({
        period,
        closed: closed.has(period),
        counts: measured.flatMap(({ key: measure }) =>
          rows
            .filter((row) => row.period === period && row.measure === measure)
            .map(({ met, of }) => ({ measure, met, of })),
        ),
      }));
      return { status: 200, body: { measures: measured, periods } };
    },
    readAssessment: async ({ viewer, params }) => ({
      status: 200,
      body: await view(viewer, parsePeriod(params.period)),
    }),
    listAssessedFacts: async ({ viewer, params, query: { limit, cursor, measure, unit, met } }) => {
      const after = markOf(marks.fact, cursor);
      const own = unitsSeen(viewer);
      const asked = {
        realm: 'live',
        period: parsePeriod(params.period),
        measure,
        units: unit === undefined ? own : (own ?? [unit]).filter((one) => one === unit),
        met: met === undefined ? undefined : met === 'true',
      } as const;
      const total = await deps.database.transaction((transaction) => numberOfFacts(transaction, asked));
      const isOnce = await deps.database.transaction(async (transaction) =>
        methodOrSample(
          await listMethodProposals(transaction),
          asked.period,
          sample,
          deps.laws.today(),
        ).mergedOnce.includes(measure),
      );
      const { rows, next, merged } = await forViewer(deps, viewer).database.transaction(
        async (transaction) => {
          const read = await countedFacts(transaction, { ...asked, most: limit + 1, after });
          const page = pageOf(read, limit, ({ mark }) => mark);
          const streams = [...new Set(page.rows.map(({ stream }) => stream))];
          return { ...page, merged: isOnce ? await mergedFacts(transaction, asked, streams) : [] };
        },
      );
      const mergedOf = (stream: string, whose: string) =>
        merged.filter((one) => one.stream === stream && one.unit === whose);
      const items = rows.map(({ stream, at, measure: key, unit: whose, ...fact }) => ({
        no: stream,
        measure: key,
        unit: whose,
        at: toShanghaiIso(at),
        met: fact.met,
        excluded: fact.excluded,
        round: fact.round,
        kind: fact.kind,
        opened: fact.opened,
        decided: fact.decided,
        countedWith: mergedOf(stream, whose).find(({ countedWith }) => countedWith)?.countedWith ?? null,
        merged: mergedOf(stream, whose).reduce((sum, one) => sum + one.merged, 0),
      }));
      return { status: 200, body: { total, limit, next, items } };
    },
    readAssessmentSpread: async ({ params, query: { measure } }) => {
      const period = parsePeriod(params.period);
      const { rows, tree } = await deps.database.transaction(async (transaction) => ({
        rows: await spread(transaction, 'live', period, measure),
        tree: await deps.classTrees.current(transaction),
      }));
      const cells = rows.map((cell) => ({ ...cell, areaName: tree.find(cell.area)?.name ?? cell.area }));
      return { status: 200, body: { cells } };
    },
    raiseObjection: async ({ viewer, params, body }) => {
      const period = parsePeriod(params.period);
      await raiseObjection(deps, viewer, period, body);
      return { status: 201, body: await view(viewer, period) };
    },
    decideObjection: async ({ viewer, params: { number, ...params }, body }) => {
      const period = parsePeriod(params.period);
      await decideObjection(deps, viewer, performerOf(viewer), { ...body, period, number });
      return { status: 200, body: await view(viewer, period) };
    },
    completeAssessmentTask: async ({ viewer, params: { id, ...params }, body }) => {
      const period = parsePeriod(params.period);
      await completeRunTask(deps, performerOf(viewer), period, id, body.answers);
      return { status: 200, body: await view(viewer, period) };
    },
    listExclusions: async ({ viewer, params }) => {
      const period = parsePeriod(params.period);
      const units = viewer.sight.kind === 'all' ? undefined : viewer.units;
      const found = await deps.database.transaction((transaction) =>
        listExclusions(transaction, period, units),
      );
      return { status: 200, body: { items: found.map(exclusionView) } };
    },
    applyForExclusion: async ({ viewer, body: { no: sheet, ...body } }) => {
      const made = await applyForExclusion(deps, viewer, { ...body, sheet });
      return { status: 201, body: exclusionView(made) };
    },
    ruleOnExclusion: async ({ viewer, params: { id }, body }) => ({
      status: 200,
      body: exclusionView(await ruleOnExclusion(deps, viewer, id, body)),
    }),
  };
}
