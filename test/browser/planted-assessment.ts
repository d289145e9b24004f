/** Markup in texts of a month's assessment: an exclusion, the run's notices, an objection and its decision. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail } from '../../src/measures/assessment/index.js';
import { closeDuePeriods } from '../../src/cases/index.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import { answered, fill, send, type Served, type WorkOrderView } from '../http/serving.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { here, type Ids, type View } from './planted.js';
import { moveTo } from './seed.js';

const period = '2026-04';

interface Running {
  readonly run: {
    readonly tasks: readonly (WorkOrderView['tasks'][number] & { readonly element: string })[];
  } | null;
}

/** Moves the clock from the first working day of the month to that of the next. */
export async function plantAssessment(on: {
  readonly served: Served;
  readonly act: (id: OperationId, body: object, ids?: Ids, as?: SignedIn) => Promise<unknown>;
  readonly make: (id: OperationId, body: object, ids?: Ids, as?: SignedIn) => Promise<View>;
  readonly unit: string;
  readonly handler: SignedIn;
  /** Accepts a sheet and runs it to its end. */
  readonly sheet: () => Promise<void>;
}): Promise<void> {
  const { served, act, make, unit, handler } = on;
  const { system, url } = served;
  const settle = async (): Promise<void> => {
    await sequence(system.database);
    while ((await followTrail(system.database, system.catalogues)) > 0);
  };
  await moveTo(served, '2026-04-01T10:00:00+08:00');
  await on.sheet();
  await settle();
  const first = await newcomer(system, { login: 'assessor', roles: ['assessor'] });
  const second = await newcomer(system, { login: 'assessor-2', roles: ['assessor'] });
  const query = `measure=reply&unit=${encodeURIComponent(unit)}`;
  const found = await send(url, `/api/assessments/${period}/facts?${query}`, { as: first });
  const [fact] = (answered('listAssessedFacts', found) as { items: { no: string; opened: number }[] }).items;
  if (!fact) expect.fail('nothing is counted in the month');
  const { id } = await make(
    'applyForExclusion',
    { no: fact.no, opened: fact.opened, measure: 'reply', ground: here },
    {},
    handler,
  );
  await act('ruleOnExclusion', { granted: false, reason: here }, { id }, first);
  await moveTo(served, '2026-05-06T09:00:00+08:00');
  await settle();
  expect(await closeDuePeriods(system)).to.deep.equal([period]);
  const { run } = answered(
    'readAssessment',
    await send(url, `/api/assessments/${period}`, { as: first }),
  ) as Running;
  const [task] = run?.tasks ?? [];
  if (!task) expect.fail('the run waits for nobody');
  const texts = task.form
    .filter(({ type }) => ['text', 'longText'].includes(type))
    .map(({ key }) => [key, here]);
  const answers = fill(task, Object.fromEntries(texts) as { [key: string]: string });
  await act('completeAssessmentTask', { answers }, { period, id: task.id }, first);
  const objection = { unit, measure: 'reply', ground: here };
  await act('raiseObjection', objection, { period }, handler);
  await act('raiseObjection', { ...objection, measure: 'satisfaction' }, { period }, handler);
  const ruling = { upheld: false, corrected: null, reason: here };
  await act('decideObjection', ruling, { period, number: 1 }, second);
  // Sets a recent authentication.
  await system.database.pool.query('UPDATE hotline.session SET auth_at = $1', [system.clock.now()]);
}
