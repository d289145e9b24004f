/**
 * Due dates of the 2,017 real messages under the laws of three cities, by their diagrams, tables
 * and policies, compared with an oracle that reads none of these. The messages have no kind and no
 * urgency: each gets one by its number.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { createDueDates, defaultCalendar } from '../../../src/calendar/index.js';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import { decide, parseDecision } from '../../../src/engine/index.js';
import {
  duty,
  eventDefinitions,
  feel,
  flowNodes,
  limitReference,
  timerSpec,
  type EventDefinition,
} from '../../../src/engine/model/index.js';
import { definitionOf, parseDiagram } from '../../../src/engine/index.js';
import type { Json, JsonObject } from '../../../src/kernel/index.js';
import { lengthOf } from '../../../src/kernel/limit.js';
import { clockReferred, underLaw } from '../../../src/kernel/timer-spec.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedPolicies } from '../../../src/law/policy/index.js';
import { rawDays } from '../../calendar/data.js';
import { nextDate, walk } from '../../calendar/oracle.js';
import { policyValues } from '../../support/policies.js';
import { shared } from '../../support/shared.js';

interface Message {
  readonly no: string;
  readonly receivedAt: string;
}

interface Given {
  readonly kind: string;
  readonly urgency: string;
}

const kinds = ['consultation', 'help', 'suggestion', 'complaint', 'report'] as const;
const urgencies = ['critical', 'urgent', 'ordinary'] as const;
const given = (at: number): Given => ({
  kind: kinds[at % kinds.length] ?? '',
  urgency: urgencies[Math.floor(at / kinds.length) % urgencies.length] ?? '',
});

/** For each city: clocks of the timers that fire one after the other when nothing is done. */
const ladders = {
  jinan: { folder: packageRoot, reply: 'reply', orders: ['supervision', 'second-supervision'] },
  weifang: {
    folder: join(packageRoot, 'packages', 'weifang'),
    reply: 'reply',
    orders: ['daily-supervision', 'listed-supervision', 'talked-supervision'],
  },
  beijing: { folder: join(packageRoot, 'packages', 'beijing'), reply: 'reply', orders: [] },
} as const;

type City = keyof typeof ladders;

const calendar = defaultCalendar();
const dueDates = createDueDates({ calendar });

const clockOf = (timer: EventDefinition): string | undefined =>
  limitReference(timer.timeDuration?.body ?? '')?.clock ?? duty(timer, 'clock');

/** Instants of a matter that nobody handles: the reply limit, then the end of each supervision order. */
type Program = (received: Date, variables: JsonObject) => readonly Date[];

async function programOf({ folder, reply, orders }: (typeof ladders)[City]): Promise<Program> {
  const timers = new Map<string, EventDefinition>();
  const after = new Map<string, EventDefinition>();
  for (const name of ['handling', 'supervision']) {
    const source = packageText(`processes/${name}.bpmn`, folder);
    for (const [, node] of flowNodes(definitionOf(await parseDiagram(source)))) {
      for (const timer of eventDefinitions(node)) {
        timers.set(node.id ?? '', timer);
        const clock = clockOf(timer);
        if (clock !== undefined) timers.set(`clock ${clock}`, timer);
        const of = duty(timer, 'after');
        if (of !== undefined && duty(timer, 'edge') === 'start') after.set(of, timer);
      }
    }
  }
  const idOf = (clock: string): string =>
    [...timers].find(([id, timer]) => !id.includes(' ') && clockOf(timer) === clock)?.[0] ?? '';
  const { limits } = shippedLaw('2026-03-02', folder);
  const policies = policyValues(
    Object.fromEntries(shippedPolicies(folder).all.map(({ key, value }) => [key, value])),
  );
  const dueOf = (timer: EventDefinition | undefined, from: Date, variables: JsonObject): Date => {
    if (!timer) throw new Error('no such timer');
    const spec = timerSpec({
      event: '',
      timer,
      timerOn: (event) => timers.get(event),
      evaluate: (text) => feel(text).value(variables, from),
    });
    const rule = limits[clockReferred(spec) ?? ''];
    const length = rule && lengthOf(rule, { 'limit.written': { limit: variables['handlingLimit'] ?? null } });
    return dueDates.due(length ? underLaw(spec, length) : spec, from, { policies }).at;
  };
  return (received, variables) => {
    const first = dueOf(timers.get(`clock ${reply}`), received, variables);
    if (orders.length === 0) return [first];
    const found = [first];
    let at = dueOf(after.get(idOf(reply)), received, variables);
    for (const clock of orders) {
      at = dueOf(timers.get(`clock ${clock}`), at, variables);
      found.push(at);
    }
    return found;
  };
}

// The oracle: plain days from the raw notices, and the numbers of the three ordinances and their
// sample decisions.
const raw = rawDays();
const midnightAfter = (date: string): string => `${nextDate(date)}T00:00:00+08:00`;
const dayOf = (iso: string): string => new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 10);
const workingDaysFrom = (iso: string, days: number): string => midnightAfter(walk(raw, dayOf(iso), days));
/** The first working day after the limit starts; each order's days are counted after the day of its issue. */
const lapsing = (received: string, days: number, orders: readonly number[]): string[] => {
  const limit = workingDaysFrom(received, days);
  const found = [limit];
  let at = `${walk(raw, dayOf(new Date(Date.parse(limit) - 1).toISOString()), 1)}T00:00:00+08:00`;
  for (const order of orders) {
    at = workingDaysFrom(at, order);
    found.push(at);
  }
  return found;
};
const hoursFrom = (iso: string, hours: number): string =>
  toShanghaiIso(new Date(Date.parse(iso) + hours * 3_600_000));

const oracle: { readonly [city in City]: (received: string, given: Given) => readonly string[] } = {
  jinan: (received) => lapsing(received, 5, [3, 3]),
  weifang: (received) => lapsing(received, 5, [3, 3, 3]),
  beijing: (received, { kind, urgency }) => {
    if (urgency === 'critical') return [hoursFrom(received, 2)];
    if (urgency === 'urgent') return [hoursFrom(received, 24)];
    const days = { consultation: 1, help: 5, suggestion: 15, complaint: 7, report: 7 }[kind] ?? 0;
    return [workingDaysFrom(received, days)];
  },
};

describe('2,017 封来信在三部条例下的期限', () => {
  let messages: Message[];
  before(function () {
    messages = readFileSync(shared(this, 'cases/messages.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Message);
    expect(messages).to.have.length(2017);
  });

  for (const city of Object.keys(ladders) as City[])
    it(`${city}：每一封都与另算的一样`, async () => {
      const program = await programOf(ladders[city]);
      const table =
        city === 'beijing' &&
        (await parseDecision(readFileSync(join(ladders.beijing.folder, 'processes/handling-limit.dmn'))));
      const differing: string[] = [];
      messages.forEach(({ no, receivedAt }, at) => {
        const received = new Date(receivedAt);
        const facts: { [key: string]: Json } = { ...given(at), classPath: null };
        const written = table ? decide(table, facts, received).outputs : {};
        const said = program(received, { ...facts, ...written }).map((one) => toShanghaiIso(one));
        const wanted = oracle[city](receivedAt, given(at));
        if (said.join() !== wanted.join()) differing.push(`${no}: ${said.join()} / ${wanted.join()}`);
      });
      expect(differing).to.deep.equal([]);
    });
});
