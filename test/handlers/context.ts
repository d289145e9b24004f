import { expect } from 'chai';
import type { HandlerContext, HandlerResult, PastEntry } from '../../src/engine/index.js';
import { createHandlers } from '../../src/handlers/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import type { Law } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { createDueDates, defaultCalendar } from '../../src/calendar/index.js';
import { undeclaredIn, watchedReads } from '../support/declared-writes.js';
import { withoutPolicies } from '../support/policies.js';
import type { PolicyValues } from '../../src/kernel/timer-spec.js';

export const noon = '2026-03-02T12:00:00+08:00';

const dueDates = createDueDates({ calendar: defaultCalendar() });

/** Under the shipped law. */
const shipped = shippedLaw('2026-03-02');

/** Calls one handler of the registry, as the engine does. */
export function ask(
  name: string,
  variables: JsonObject,
  policies = withoutPolicies,
  history: readonly PastEntry[] = [],
  law: Law = shipped,
): HandlerResult {
  const handler = createHandlers().get(name);
  if (!handler) throw new Error(`no handler ${name}`);
  const context: HandlerContext = {
    caseId: '1',
    businessKey: '2026-0001',
    element: 'Task_Any',
    instance: 1,
    variables,
    locals: {},
    now: new Date(noon),
    policies,
    laws: [{ from: '2026-03-02', law }],
    history: () => history,
    due: (length, from) => dueDates.due(length, from, { policies }).at,
  };
  const result = handler(
    watchedReads(name, context, law, (what, isDeclared) => expect(isDeclared, what).to.equal(true)),
  );
  // Names only: these tests pass abbreviated variables, and get them back.
  expect(undeclaredIn(name, result, law).filter((said) => said.includes('没有声明'))).to.deep.equal([]);
  return result;
}

/** What the handler writes; fails if it returns an error. */
export function written(name: string, variables: JsonObject, policies?: PolicyValues, law?: Law): JsonObject {
  const result = ask(name, variables, policies, [], law);
  if (!('variables' in result)) throw new Error(`${name} answered ${JSON.stringify(result)}`);
  return result.variables ?? {};
}

/** What a step has noted. */
export interface Noted {
  readonly deeds: readonly string[];
  readonly computed: JsonObject;
}

/** A trail in which each step has noted one of these. */
export const trailNoting = (...noted: readonly Noted[]): readonly PastEntry[] =>
  noted.map(({ deeds, computed }, at) => ({
    seq: at + 1,
    type: 'timer.fired',
    body: { ...step, deeds: deeds.map((name) => ({ name })), computed },
  }));

/** What every step says. */
export const step = {
  process: 'supervision',
  version: 1,
  instance: 1,
  recordedAt: '2026-03-02T02:00:00.000Z',
  of: 'Timer_SupervisionLimit',
};
