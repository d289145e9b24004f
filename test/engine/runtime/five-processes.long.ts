/**
 * Random walks through the five processes on both runtimes: the same tasks wait, the same deadlines
 * are armed and withdrawn, the same handlers are called, the same stimuli are refused.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  duty,
  type BpmnElement,
  type FlowNode,
  type SequenceFlow,
} from '../../../src/engine/model/bpmn-types.js';
import { definitionOf, flowNodes, processOf } from '../../../src/engine/model/definition.js';
import { parseDiagram } from '../../../src/engine/model/parse.js';
import { runtimeNamed, type RuntimeName } from '../../support/runtimes.js';
import type { Definition, State, Stimulus, Variables } from '../../../src/engine/runtime/interface.js';
import type { Json } from '../../../src/kernel/json.js';
import { packageText } from '../../../src/kernel/package-content.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { Refusal } from '../../../src/kernel/refusal.js';

const folder = join(packageRoot, 'processes');
const now = new Date('2026-03-04T12:00:00+08:00');

describe('The five processes', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.bpmn'))) {
    it(`${file} goes the same way on token and on bpmn-engine`, async function () {
      this.timeout(120_000);
      const terrain = survey(definitionOf(await parseDiagram(packageText(`processes/${file}`, packageRoot))));
      const walk = fc.array(fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }), {
        minLength: 30,
        maxLength: 30,
      });
      fc.assert(
        fc.property(walk, (dice) => go(terrain, dice)),
        { seed: 20260304, numRuns: 12, endOnFailure: true },
      );
    });
  }
});

/** Possible events in a process, and the variables of its conditions. */
interface Terrain {
  readonly definition: Definition;
  readonly starts: readonly string[];
  readonly timers: readonly string[];
  readonly messages: readonly string[];
  /** Timers that start event sub-processes. */
  readonly starters: ReadonlySet<string>;
  /** Tasks after which the process throws a signal of its own. */
  readonly signallers: ReadonlySet<string>;
  /** Names that conditions mention, with the values they are compared to and one that fits nothing. */
  readonly values: ReadonlyMap<string, readonly Json[]>;
  /**
   * Names of collections that are repeated over. Known defect `collection-read-again`: at each
   * condition the library reads the collection of a running repetition again, so a walk keeps it
   * constant.
   */
  readonly collections: ReadonlySet<string>;
}

function survey(definition: Definition): Terrain {
  const nodes = [...flowNodes(definition).values()];
  const process = processOf(definition);
  const triggered = (type: string): FlowNode[] =>
    nodes.filter(({ eventDefinitions }) => eventDefinitions?.some(({ $type }) => $type === type));
  const top = new Set<BpmnElement>(process.flowElements ?? []);
  return {
    definition,
    starts: nodes.filter((node) => node.$type === 'bpmn:StartEvent' && top.has(node)).map(idOf),
    timers: triggered('bpmn:TimerEventDefinition').map(idOf),
    messages: (definition.diagram.root.rootElements ?? [])
      .filter(({ $type }) => $type === 'bpmn:Message')
      .map(({ name = '' }) => name),
    starters: new Set(
      triggered('bpmn:TimerEventDefinition')
        .filter((node) => node.$type === 'bpmn:StartEvent' && !top.has(node))
        .map(idOf),
    ),
    signallers: new Set(
      triggered('bpmn:SignalEventDefinition')
        .filter(({ $type }) => $type === 'bpmn:IntermediateThrowEvent')
        .flatMap(({ incoming = [] }) =>
          incoming.flatMap(({ sourceRef }) => (sourceRef ? [idOf(sourceRef)] : [])),
        ),
    ),
    values: valuesAsked(nodes),
    collections: new Set(nodes.flatMap(collectionOf)),
  };
}

function valuesAsked(nodes: readonly FlowNode[]): ReadonlyMap<string, readonly Json[]> {
  const values = new Map<string, readonly Json[]>();
  const flows = new Set<SequenceFlow>(nodes.flatMap(({ outgoing = [] }) => outgoing));
  for (const { conditionExpression } of flows) {
    const comparison = /([A-Za-z]\w*)\s*(?:!=|<=|>=|=|<|>)\s*("[^"]*"|true|false|\d+)/g;
    for (const [, name = '', value = ''] of (conditionExpression?.body ?? '').matchAll(comparison)) {
      values.set(name, [...(values.get(name) ?? ['—']), JSON.parse(value) as Json]);
    }
  }
  for (const name of nodes.flatMap(collectionOf)) values.set(name, [[], ['甲', '乙']]);
  return values;
}

function collectionOf({ loopCharacteristics }: FlowNode): readonly string[] {
  const collection = loopCharacteristics && duty(loopCharacteristics, 'collection');
  return collection === undefined ? [] : [collection.replace(/^=\s*/, '')];
}

function idOf({ id = '' }: BpmnElement): string {
  return id;
}

interface Place {
  readonly refused?: string;
  readonly waiting: readonly string[];
  readonly ended: boolean;
  readonly arm?: readonly string[];
  readonly disarmed?: number;
  readonly calls?: readonly string[];
}

class Walker {
  #state: State | null = null;
  #place: Place = { waiting: [], ended: false };

  constructor(
    private readonly name: RuntimeName,
    private readonly definition: Definition,
  ) {}

  take(stimulus: Stimulus, variables: Variables): Place {
    try {
      const step = runtimeNamed(this.name).step(this.definition, this.#state, stimulus, variables, now);
      this.#state = JSON.parse(JSON.stringify(step.state)) as State | null;
      this.#place = { waiting: step.waiting.map(({ element }) => element), ended: step.ended };
      return {
        ...this.#place,
        arm: step.timers.arm.map(({ timer: _timer, ...rest }) => JSON.stringify(rest, sortedKeys)).sort(),
        disarmed: step.timers.disarm.length,
        calls: step.calls
          .map(({ token: _token, ...rest }) => JSON.stringify({ ...rest, ...itemOf(rest) }, sortedKeys))
          .sort(),
      };
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause;
      return { ...this.#place, refused: cause.code };
    }
  }
}

/** The item of the repetition that contains the call; the library also reports their number. */
function itemOf({ locals }: { readonly locals?: Variables }): { readonly locals?: Variables } {
  const own = Object.entries(locals ?? {}).filter(([name]) => !/^(numberOf|nrOf)[A-Z]/.test(name));
  return locals ? { locals: Object.fromEntries(own) } : {};
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function go(terrain: Terrain, dice: readonly (readonly number[])[]): void {
  const walkers = (['token', 'bpmn-engine'] as const).map((name) => new Walker(name, terrain.definition));
  let place: Place = { waiting: [], ended: false };
  const told: Stimulus[] = [];
  for (const [turn, throws] of dice.entries()) {
    if (place.ended) return;
    const stimulus = stimulusFor(terrain, place, turn === 0, throws);
    told.push(stimulus);
    const variables = Object.fromEntries(
      [...terrain.values].map(([name, values], index) => [
        name,
        pick(values, (terrain.collections.has(name) ? dice[0] : throws)?.[index + 4] ?? 0) ?? null,
      ]),
    );
    const [token, library] = walkers.map((walker) => walker.take(stimulus, variables));
    if (!token || !library || departsAsKnown(terrain, stimulus, token, library)) return;
    expect(token, JSON.stringify(told)).to.deep.equal(library);
    place = token;
  }
}

/**
 * Known defects. `one-token-per-element`: the library runs only one instance of an event
 * sub-process at a time; `event-sub-process-never-interrupts`: withdrawn elements continue there;
 * `event-sub-process-triggers`: neither the process's own signal nor a timer starts one.
 */
function departsAsKnown(
  { signallers, starters }: Terrain,
  stimulus: Stimulus,
  token: Place,
  library: Place,
): boolean {
  const more = (token.arm ?? []).filter((one) => !(library.arm ?? []).includes(one));
  if (more.some((one) => starters.has((JSON.parse(one) as { element: string }).element))) return true;
  if (stimulus.kind === 'complete' && signallers.has(stimulus.task))
    return token.waiting.length > library.waiting.length;
  if (stimulus.kind !== 'message' || token.refused !== undefined) return false;
  const interrupting = ['overdue-withdrawn', 'withdrawal-told', 'matter-withdrawn'];
  return interrupting.includes(stimulus.name) || library.refused === 'stimulus.not-waiting';
}

/** Usually completes a task; sometimes fires a timer or sends a message, expected or not. */
function stimulusFor(
  terrain: Terrain,
  { waiting }: Place,
  first: boolean,
  throws: readonly number[],
): Stimulus {
  const [what = 0, which = 0] = throws;
  const start = pick(terrain.starts, which);
  if (first && start !== undefined) return { kind: 'start', event: start };
  const task = pick(waiting, which);
  if (what % 10 < 7 && task !== undefined) return { kind: 'complete', task };
  const event = pick(terrain.timers, which);
  if (what % 10 < 8 && event !== undefined) return { kind: 'timer', event };
  if (what % 10 < 9) return { kind: 'rearm', events: terrain.timers };
  return { kind: 'message', name: pick(terrain.messages, which) ?? '' };
}

function pick<T>(from: readonly T[], at: number): T | undefined {
  return from[at % Math.max(from.length, 1)];
}
