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
import {
  applyForExclusion,
  closesAt,
  completeRunTask,
  decideObjection,
  isClosed,
  objectionGrounds,
  raiseObjection,
  readRun,
  ruleOnExclusion,
  type ObjectionGround,
} from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { assessmentOperations } from '../contract/assessment.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { performerOf, readAs, unitsSeen } from '../sight.js';
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

/** Most months of the trend. */
const mostMonths = 24;

export function assessmentHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof assessmentOperations> {
  const sample = () => sampleMethod(deps.laws.today());
  const view = async (viewer: Principal, period: Period) => {
    const run = await readRun(deps, period);
    const grounds = run ? await objectionGrounds(deps, run) : [];
    return (transaction: Transaction) => shown(transaction, viewer, period, run, grounds);
  };
  const shown = async (
    transaction: Transaction,
    viewer: Principal,
    period: Period,
    run: Awaited<ReturnType<typeof readRun>>,
    grounds: readonly ObjectionGround[],
  ): Promise<AssessmentBody> => {
    const law = deps.laws.today();
    const closes = await closesAt(deps, transaction, period);
    const closing = (await listClosings(transaction, 'live')).find((one) => one.period === period);
    const method = methodOrSample(await listMethodProposals(transaction), period, sample(), law);
    const counts = {
      rows: await tallies(transaction, 'live', [period]),
      merged: await mergedTallies(transaction, 'live', period),
      kinds: await unitKinds(transaction),
    };
    const circulated = typeof run?.file.variables.circular === 'string';
    const units = run ? figuresOfRun(method, run, deps.laws) : figuresNow(method, counts, law);
    const all = viewer.sight.kind === 'all';
    return {
      period,
      closedAt: closing?.closedAt ?? null,
      closesAt: closes,
      method,
      received: counts.rows.reduce((sum, { measure, of }) => sum + (measure === 'accepted' ? of : 0), 0),
      circulated,
      // Until the results are circulated, a unit sees only its own results.
      units: units.filter(({ unit }) => all || circulated || viewer.units.includes(unitName(unit))),
      run: run ? runView(run, grounds, viewer, deps.clock.now(), deps.laws) : null,
    };
  };
  return {
    ...methodHandlers(deps, sample),
    listAssessments: async ({ viewer, query: { unit } }, transaction) => {
      const all = viewer.sight.kind === 'all';
      // A unit sees only its own objections.
      const units = unit === undefined ? undefined : [unitName(unit)];
      const seen = all ? units : (units ?? viewer.units).filter((one) => viewer.units.includes(one));
      const counted = (await talliedPeriods(transaction, 'live')).slice(0, mostMonths);
      const present = periodOfAct(deps.clock.now());
      const closed = new Set((await listClosings(transaction, 'live')).map(({ period }) => period));
      const months = counted.includes(present) ? counted : [present, ...counted];
      const rows = await trend(transaction, 'live', counted, seen);
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
      return { measures: measured, periods };
    },
    readAssessment: ({ viewer, params }) => view(viewer, parsePeriod(params.period)),
    listAssessedFacts: ({ viewer, params, query: { limit, cursor, measure, unit, met } }) => {
      const after = markOf(marks.fact, cursor);
      const own = unitsSeen(viewer);
      const asked = {
        realm: 'live',
        period: parsePeriod(params.period),
        measure,
        units: unit === undefined ? own : (own ?? [unit]).filter((one) => one === unit),
        met: met === undefined ? undefined : met === 'true',
      } as const;
      const page = async (transaction: Transaction, isOnce: boolean) => {
        const read = await countedFacts(transaction, { ...asked, most: limit + 1, after });
        const { rows, next } = pageOf(read, limit, ({ mark }) => mark);
        const streams = [...new Set(rows.map(({ stream }) => stream))];
        const merged = isOnce ? await mergedFacts(transaction, asked, streams) : [];
        const items = rows.map((fact) => {
          const together = merged.filter((one) => one.stream === fact.stream && one.unit === fact.unit);
          return {
            ...fact,
            no: fact.stream,
            countedWith: together.find(({ countedWith }) => countedWith)?.countedWith ?? null,
            merged: together.reduce((sum, one) => sum + one.merged, 0),
          };
        });
        return { limit, next, items };
      };
      return async (transaction) => {
        const total = await numberOfFacts(transaction, asked);
        const proposals = await listMethodProposals(transaction);
        const { mergedOnce } = methodOrSample(proposals, asked.period, sample(), deps.laws.today());
        const isOnce = mergedOnce.includes(measure);
        return async () => ({ total, ...(await readAs(deps, viewer, (theirs) => page(theirs, isOnce))) });
      };
    },
    readAssessmentSpread: async ({ params, query: { measure } }, transaction) => {
      const rows = await spread(transaction, 'live', parsePeriod(params.period), measure);
      const tree = await deps.classTrees.current(transaction);
      return {
        cells: rows.map((cell) => ({ ...cell, areaName: tree.find(cell.area)?.name ?? cell.area })),
      };
    },
    raiseObjection: async ({ viewer, params, body }) => {
      const period = parsePeriod(params.period);
      await raiseObjection(deps, viewer, period, body);
      return view(viewer, period);
    },
    decideObjection: async ({ viewer, params: { number, ...params }, body }) => {
      const period = parsePeriod(params.period);
      await decideObjection(deps, viewer, performerOf(viewer), { ...body, period, number });
      return view(viewer, period);
    },
    completeAssessmentTask: async ({ viewer, params: { id, ...params }, body }) => {
      const period = parsePeriod(params.period);
      await completeRunTask(deps, performerOf(viewer), period, id, body.answers);
      return view(viewer, period);
    },
    listExclusions: async ({ viewer, params }, transaction) => {
      const units = viewer.sight.kind === 'all' ? undefined : viewer.units;
      const period = parsePeriod(params.period);
      const found = await listExclusions(transaction, period, units);
      const closed = await isClosed(transaction, period);
      return { items: found.map((one) => exclusionView(one, viewer, deps.laws.today(), closed)) };
    },
    applyForExclusion: async ({ viewer, body: { no: sheet, ...body } }) => {
      const application = await applyForExclusion(deps, viewer, { ...body, sheet });
      // A closed period takes neither applications nor rulings.
      return exclusionView(application, viewer, deps.laws.today(), false);
    },
    ruleOnExclusion: async ({ viewer, params: { id }, body }) =>
      exclusionView(await ruleOnExclusion(deps, viewer, id, body), viewer, deps.laws.today(), false),
  };
}
