/** Compares the expectations of a scenario step with what happened. */
import { isDeepStrictEqual } from 'node:util';
import { deedsIn, levelsIn, messagesThrown } from '../../accountability/events/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { dutiesOf, dutyStates, shownIn } from '../../law/regulation/index.js';
import { flowNodes, type DeployedDefinition } from '../../engine/index.js';
import { catalogueOf } from './duties-lived.js';
import { openDeeds, passOrdinaryTasks } from './deeds.js';
import type { Json } from '../../kernel/index.js';
import type { RehearsedCase } from './rehearsed-case.js';
import { bearerOf } from './bearer-of.js';
import type { Expected } from './scenario.js';
import type { Stage } from './stage.js';

interface Compared {
  /** Sentences; empty if everything holds. */
  readonly unmet: readonly string[];
  /** Actual values for the same expectations. */
  readonly came: Expected;
}

export function compareExpectations(
  expected: Expected,
  rehearsed: RehearsedCase,
  stage: Pick<Stage, 'catalogueOn' | 'definitions' | 'laws' | 'standIns'>,
): Compared {
  const { definitions, laws } = stage;
  const { file, entries } = rehearsed;
  const failures: string[] = [];
  const came: Expected = {};
  const compare = <T>(what: string, found: T, wanted: unknown): T => {
    if (!isDeepStrictEqual(found, wanted)) {
      const [should, is] = [inWords(wanted), inWords(found)];
      const said = should === is ? [JSON.stringify(wanted), JSON.stringify(found)] : [should, is];
      failures.push(`${what}应为 ${said[0] ?? ''}，实际是 ${said[1] ?? ''}`);
    }
    return found;
  };
  if (expected.open) {
    const wanted = [...expected.open].sort();
    const at = entries.at(-1)?.at;
    if (!isDeepStrictEqual(openDeeds(rehearsed), wanted) && at)
      passOrdinaryTasks(rehearsed, at, laws.today());
    came.open = compare('待做的行为', openDeeds(rehearsed), wanted);
  }
  if (expected.escalations) came.escalations = compare('升级', levelsOf(entries), expected.escalations);
  if (expected.messages) came.messages = compare('消息', messagesOf(entries), expected.messages);
  const dues: NonNullable<Expected['due']> = {};
  for (const [called, due] of Object.entries(expected.due ?? {})) {
    const timers = [...file.deadlines.values()].flatMap((deadline) => {
      const definition = definitions.byId(file.instances.get(deadline.instance)?.definitionId ?? 0);
      return isCalled(definition, deadline.element, called) ? [{ deadline, definition }] : [];
    });
    const [first] = timers;
    const armed = first?.deadline;
    const name = first?.definition.annotations.element(first.deadline.element)?.name;
    dues[called] = compare(`期限“${name ?? called}”`, armed ? toShanghaiIso(armed.dueAt) : null, due);
  }
  if (expected.due) came.due = dues;
  const values: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(expected.variables ?? {})) {
    values[key] = compare(`变量 ${key}`, file.variables[key] ?? null, value);
  }
  if (expected.variables) came.variables = values;
  const { duties, done } = expected;
  if (duties) came.duties = compare('义务', dutiesIn(stage, entries, duties), duties);
  if (done) came.done = compare('做过的行为', doneIn(entries, done), done);
  if (expected.shown) came.shown = compare('来电人看到的', shownTo(stage, entries), expected.shown);
  if (expected.ended !== undefined) {
    came.ended = compare('是否结束', file.instances.size === 0, expected.ended);
  }
  return { unmet: failures, came };
}

/** Whether the name is the timer's clock, or the level that it leads to. */
const isCalled = (deployed: DeployedDefinition, timer: string, called: string): boolean =>
  deployed.annotations.element(timer)?.clock === called || levelAfter(deployed, timer) === called;

/** The first level on the paths from the timer. */
function levelAfter({ annotations, definition }: DeployedDefinition, timer: string): string | null {
  const nodes = flowNodes(definition);
  const reached = new Set([timer]);
  for (const id of reached) {
    const level = annotations.element(id)?.level;
    if (level) return level;
    for (const { targetRef } of nodes.get(id)?.outgoing ?? []) if (targetRef?.id) reached.add(targetRef.id);
  }
  return null;
}

/** For people: instants to the minute, states of duties by name. */
const inWords = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value))
    .replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):00(?:\.000)?\+08:00/g, '$1 $2')
    .replaceAll(/(?<="state":")[a-z-]+/g, (state) =>
      Object.hasOwn(dutyStates, state) ? `${dutyStates[state as keyof typeof dutyStates]} ${state}` : state,
    );

type Entries = RehearsedCase['entries'];

/** `level instant` per level, in order. */
export const levelsOf = (entries: Entries): string[] =>
  entries.flatMap((entry) => levelsIn(entry).map((level) => `${level} ${toShanghaiIso(entry.at)}`));

function shownTo(stage: Pick<Stage, 'catalogueOn'>, entries: Entries): string[] {
  const catalogue = catalogueOf(stage, entries);
  return entries
    .flatMap((entry) => shownIn(catalogue, entry))
    .map(({ title, withheld }) => (withheld ? `（${title}）` : title));
}

/** The actual values of the properties that the expected duties name. */
function dutiesIn(
  stage: Pick<Stage, 'catalogueOn' | 'laws' | 'standIns'>,
  entries: Entries,
  expected: NonNullable<Expected['duties']>,
): NonNullable<Expected['duties']> {
  const catalogue = catalogueOf(stage, entries);
  const norms = new Set(expected.map(({ norm }) => norm));
  const withUnit = new Set(expected.flatMap(({ norm, unit }) => (unit === undefined ? [] : [norm])));
  const withBearer = new Set(expected.flatMap(({ norm, bearer }) => (bearer === undefined ? [] : [norm])));
  const trail = entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
  return dutiesOf(catalogue, trail)
    .filter(({ norm }) => norms.has(norm))
    .map((duty) => ({
      norm: duty.norm,
      state: duty.state,
      ...(withUnit.has(duty.norm) ? { unit: duty.unit } : {}),
      ...(withBearer.has(duty.norm) ? { bearer: bearerOf(stage, catalogue, trail, duty) } : {}),
    }));
}

function doneIn(entries: Entries, expected: NonNullable<Expected['done']>) {
  const asked = new Map<string, Set<string>>();
  for (const { deed, facts } of expected) {
    asked.set(deed, new Set([...(asked.get(deed) ?? []), ...Object.keys(facts)]));
  }
  return entries.flatMap(deedsIn).flatMap(({ name, facts = {} }) => {
    const keys = asked.get(name);
    if (!keys) return [];
    return [
      { deed: name, facts: Object.fromEntries(Object.entries(facts).filter(([key]) => keys.has(key))) },
    ];
  });
}

const messagesOf = (entries: Entries): string[] => entries.flatMap(messagesThrown);
