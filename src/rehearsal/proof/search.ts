/**
 * The shortest run to what a finding shows, on the real engine: A* over what people can do, what arrives and what falls
 * due. The way that the check found in the drawing is the estimate of what is still to be done.
 */
import { enteredIn, isStep, waitingIn, type Content } from '../../accountability/events/index.js';
import type { Proof } from '../../compliance/index.js';
import type { Catalogue } from '../../regulation/index.js';
import { beginCase } from '../begin.js';
import { refusalOf } from '../refusal-of.js';
import { rehearsedCase, type RehearsedCase } from '../rehearsed-case.js';
import { withPolicies, type Stage } from '../stage.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { shows } from './judge.js';
import { isSame, movesIn, type Move } from './moves.js';
import type { Place, Way } from './way.js';

interface Question {
  readonly stage: Stage;
  readonly catalogue: Catalogue;
  readonly process: string;
  readonly proof: Proof;
  readonly way: Way;
  readonly at: Date;
}

interface Reached {
  readonly rehearsed: RehearsedCase;
  readonly moves: readonly Move[];
  readonly now: Date;
  /** How many places of the way have been passed. */
  readonly passed: number;
  readonly waiting: ReadonlyMap<number, readonly Place[]>;
}

interface Pending {
  readonly from: Reached;
  readonly move: Move;
  /** Acts done, and still to be done at least. */
  readonly estimate: number;
}

/** Steps of the engine, not time: the same answer on every machine. */
const mostSteps = 300;
const breath = 25;

/** @returns undefined where none was found within the bound */
export async function runTo(question: Question): Promise<readonly Move[] | undefined> {
  const { stage, proof, way, at } = question;
  const { policies = {} } = proof.shows.kind === 'late' ? proof.shows : {};
  const places = [...way.places, ...proof.path.map((element) => ({ process: question.process, element }))];
  const tried = withPolicies(stage, policies);
  const first = rehearsedCase(tried);
  const { facts = {} } = way.begin;
  if (refusalOf(() => beginCase(first, tried, way.begin, facts, at))) return undefined;
  const begun = after(places, { rehearsed: first, moves: [], now: at, passed: 0, waiting: new Map() }, 0);
  const judged = { ...question, stage: tried };
  if (shows({ ...judged, rehearsed: first }, proof.shows)) return [];
  const open = queue();
  const seen = new Set<string>();
  const add = (from: Reached): void => {
    const ahead = places.slice(from.passed);
    const left = workIn(stage, ahead);
    const waiting = [...from.waiting.values()].flat();
    const next = places.slice(0, from.passed).findLast((place) => isWork(stage, place));
    for (const move of movesIn(tried, from.rehearsed, from.now, { ahead, waiting })) {
      const onWay = [...ahead, ...(next ? [next] : [])].some((place) => isSame(place, move.place));
      open.put({ from, move, estimate: from.moves.length + left + (onWay ? 0 : 1) });
    }
  };
  add(begun);
  for (let step = 1; step <= mostSteps; step += 1) {
    const pending = open.take();
    if (!pending) return undefined;
    if (step % breath === 0) await yieldToEventLoop();
    const { from, move } = pending;
    const rehearsed = from.rehearsed.fork();
    const refusal = refusalOf(() => take(rehearsed, move));
    const moves = [...from.moves, move];
    if (refusal) {
      const { code, where } = refusal;
      if (shows({ ...judged, rehearsed, refused: { code, where } }, proof.shows)) return moves;
      continue;
    }
    const length = from.rehearsed.entries.length;
    const reached = after(places, { ...from, rehearsed, moves, now: move.at }, length);
    if (shows({ ...judged, rehearsed }, proof.shows)) return moves;
    const key = keyOf(reached);
    if (seen.has(key)) continue;
    seen.add(key);
    add(reached);
  }
  return undefined;
}

/** The least estimate first, of equal ones the farthest, of these the first put. */
function queue() {
  const rows = new Map<number, Map<number, Pending[]>>();
  return {
    put(pending: Pending): void {
      const row = rows.get(pending.estimate) ?? new Map<number, Pending[]>();
      rows.set(pending.estimate, row);
      const { passed } = pending.from;
      const list = row.get(passed) ?? [];
      list.push(pending);
      row.set(passed, list);
    },
    take(): Pending | undefined {
      const least = Math.min(...rows.keys());
      const row = rows.get(least);
      if (!row) return undefined;
      const farthest = Math.max(...row.keys());
      const list = row.get(farthest) ?? [];
      const first = list.shift();
      if (list.length === 0) row.delete(farthest);
      if (row.size === 0) rows.delete(least);
      return first;
    },
  };
}

export function take(rehearsed: RehearsedCase, { act, at }: Move): void {
  if ('clock' in act) rehearsed.moveTo(at);
  else if ('send' in act) rehearsed.send(act.send, act.with ?? {}, at);
  else if ('complete' in act) rehearsed.complete(act.complete, act.with ?? {}, at);
}

/** With what the entries since say of places passed and tokens waiting. */
function after(places: readonly Place[], reached: Reached, since: number): Reached {
  const { rehearsed } = reached;
  let { passed } = reached;
  const waiting = new Map(reached.waiting);
  for (const entry of rehearsed.entries.slice(since)) {
    if (!isStep(entry)) continue;
    const { process, instance } = entry.body;
    for (const element of enteredIn(entry)) {
      const found = places.findIndex((place, at) => at >= passed && isSame(place, { process, element }));
      if (found >= 0) passed = found + 1;
    }
    waiting.set(instance, restingIn(entry, process));
  }
  for (const instance of waiting.keys())
    if (!rehearsed.file.instances.has(instance)) waiting.delete(instance);
  return { ...reached, passed, waiting };
}

const restingIn = (entry: Content, process: string): readonly Place[] =>
  waitingIn(entry as Parameters<typeof waitingIn>[0]).map((element) => ({ process, element }));

/** Two cases that stand alike go on alike: what differs is in variables that decide, or in what runs. */
function keyOf({ rehearsed: { file }, waiting, passed }: Reached): string {
  return JSON.stringify([
    passed,
    [...waiting.values()].map((places) => places.map(({ element }) => element).sort()),
    [...file.tasks.values()].map(({ element, locals }) => [element, locals]),
    [...file.deadlines.values()].map(({ element, fired }) => [element, fired]).sort(),
    // Of a sealed text only a digest is left, another one every time.
    Object.entries(file.variables).filter(
      ([, value]) => !(typeof value === 'string' && value.startsWith('sealed:')),
    ),
  ]);
}

const workIn = (stage: Stage, places: readonly Place[]): number =>
  places.filter((place) => isWork(stage, place)).length;

/** Something has to be done, to arrive or to fall due before a token goes on. */
function isWork({ definitions }: Stage, { process, element }: Place): boolean {
  const type = definitions.all.find(({ key }) => key === process)?.annotations.element(element)?.type ?? '';
  return /UserTask|ReceiveTask|BoundaryEvent|IntermediateCatchEvent/.test(type);
}
