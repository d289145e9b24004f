/**
 * Finds the shortest run to what a finding claims on the real engine: an A* search over people's
 * acts, arriving messages and due timers. The path that the check found in the drawing estimates
 * the remaining distance.
 */
import { enteredIn, isStep, waitingIn, type Content } from '../../../accountability/events/index.js';
import type { Proof } from '../../compliance/index.js';
import type { Catalogue } from '../../../law/regulation/index.js';
import type { JsonObject } from '../../../kernel/index.js';
import { beginCase } from '../begin.js';
import { refusalOf } from '../refusal-of.js';
import { rehearsedCase, type RehearsedCase } from '../rehearsed-case.js';
import { withPolicies, type Stage } from '../stage.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { shows } from './judge.js';
import { isSame, movesIn, type Move } from './moves.js';
import type { KnownBegin, Place, Way } from './way.js';

interface Question {
  readonly stage: Stage;
  readonly catalogue: Catalogue;
  readonly process: string;
  readonly proof: Proof;
  /** Possible starts of such cases, the likeliest first. */
  readonly ways: readonly Way[];
  readonly at: Date;
}

interface Found {
  readonly begin: KnownBegin;
  readonly moves: readonly Move[];
}

interface Reached {
  readonly way: Way;
  readonly rehearsed: RehearsedCase;
  readonly moves: readonly Move[];
  readonly now: Date;
  /** Places of the path that have not been passed. */
  readonly ahead: readonly Place[];
  readonly waiting: ReadonlyMap<number, readonly Place[]>;
}

interface Pending {
  readonly from: Reached;
  readonly move: Move;
  /** Number of acts done, plus the least number still to do. */
  readonly estimate: number;
}

/**
 * Limits are steps of the engine, not time, so that the answer is the same on every machine. The
 * first search looks for the shortest run. If detours are needed that the drawing does not show,
 * any run is better than none, so later searches weight the remaining distance more.
 */
const searches = [
  { weight: 1, mostSteps: 250 },
  { weight: 5, mostSteps: 1500 },
] as const;
const breath = 25;

/** @returns undefined if none was found within the limit */
export async function runTo(question: Question): Promise<Found | undefined> {
  for (const bound of searches) {
    const found = await searched(question, bound);
    if (found) return found;
  }
  return undefined;
}

async function searched(
  question: Question,
  { weight, mostSteps }: (typeof searches)[number],
): Promise<Found | undefined> {
  const { stage, proof, ways, at, process } = question;
  const { policies = {} } = proof.shows.kind === 'late' ? proof.shows : {};
  const tried = withPolicies(stage, policies);
  const judged = { ...question, stage: tried };
  const given = proof.shows.kind === 'reached' ? proof.shows.given : {};
  const path = proof.path.map((element) => ({ process, element }));
  const open = queue();
  const seen = new Set<string>();
  const add = (from: Reached): void => {
    const { ahead, rehearsed, moves, way } = from;
    const places = [...way.places, ...path];
    const isOnWay = (place: Place): boolean => places.some((one) => isSame(one, place));
    const left = workIn(stage, ahead) + openBeside(question, rehearsed, ahead) + (way.isGuessed ? 1 : 0);
    const waiting = [...from.waiting.values()].flat();
    for (const move of movesIn(tried, rehearsed, from.now, { ahead, waiting, isOnWay })) {
      const aside = (isOnWay(move.place) ? 0 : 1) + (contradicts(move, given) ? 1 : 0);
      open.put({ from, move, estimate: moves.length + weight * left + aside });
    }
  };
  for (const way of ways) {
    // The search for the shortest run uses only plain starts.
    if (way.isGuessed && weight === 1) continue;
    const rehearsed = rehearsedCase(tried);
    if (refusalOf(() => beginCase(rehearsed, tried, way.begin, way.begin.facts ?? {}, at))) continue;
    if (shows({ ...judged, rehearsed }, proof.shows)) return { begin: way.begin, moves: [] };
    const ahead = [...way.places, ...path];
    add(after({ way, rehearsed, moves: [], now: at, ahead, waiting: new Map() }, 0));
  }
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
      if (shows({ ...judged, rehearsed, refused: { code, where } }, proof.shows))
        return { begin: from.way.begin, moves };
      continue;
    }
    const length = from.rehearsed.entries.length;
    const reached = after({ ...from, rehearsed, moves, now: move.at }, length);
    if (shows({ ...judged, rehearsed }, proof.shows)) return { begin: from.way.begin, moves };
    const key = keyOf(reached);
    if (seen.has(key)) continue;
    seen.add(key);
    add(reached);
  }
  return undefined;
}

/** The lowest estimate first; among equal ones the farthest, then the oldest. */
function queue() {
  const rows = new Map<number, Map<number, Pending[]>>();
  return {
    put(pending: Pending): void {
      const row = rows.get(pending.estimate) ?? new Map<number, Pending[]>();
      rows.set(pending.estimate, row);
      const left = pending.from.ahead.length;
      const list = row.get(left) ?? [];
      list.push(pending);
      row.set(left, list);
    },
    take(): Pending | undefined {
      const least = Math.min(...rows.keys());
      const row = rows.get(least);
      if (!row) return undefined;
      const farthest = Math.min(...row.keys());
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

/** Updates passed places and waiting tokens from the entries since. */
function after(reached: Reached, since: number): Reached {
  const { rehearsed } = reached;
  // Places count in any order, because the drawing gives only one order of parallel branches.
  const ahead = [...reached.ahead];
  const waiting = new Map(reached.waiting);
  for (const entry of rehearsed.entries.slice(since)) {
    if (!isStep(entry)) continue;
    const { process, instance } = entry.body;
    for (const element of enteredIn(entry)) {
      const found = ahead.findIndex((place) => isSame(place, { process, element }));
      if (found >= 0) ahead.splice(found, 1);
    }
    waiting.set(instance, restingIn(entry, process));
  }
  for (const instance of waiting.keys())
    if (!rehearsed.file.instances.has(instance)) waiting.delete(instance);
  return { ...reached, ahead, waiting };
}

const restingIn = (entry: Content, process: string): readonly Place[] =>
  waitingIn(entry as Parameters<typeof waitingIn>[0]).map((element) => ({ process, element }));

/** Two cases with the same key continue alike: the key holds the deciding variables and what is running. */
function keyOf({ rehearsed: { file }, waiting, ahead }: Reached): string {
  return JSON.stringify([
    ahead.length,
    [...waiting.values()].map((places) => places.map(({ element }) => element).sort()),
    [...file.tasks.values()].map(({ element, locals }) => [element, locals]),
    [...file.deadlines.values()].map(({ element, fired }) => [element, fired]).sort(),
    // A sealed text leaves only a digest, which is different every time.
    Object.entries(file.variables).filter(
      ([, value]) => !(typeof value === 'string' && value.startsWith('sealed:')),
    ),
  ]);
}

const workIn = (stage: Stage, places: readonly Place[]): number =>
  places.filter((place) => isWork(stage, place)).length;

/** Tasks that must be completed too, if the finding is about the end of the process. */
function openBeside({ process, proof }: Question, { file }: RehearsedCase, ahead: readonly Place[]): number {
  const { kind } = proof.shows;
  if (kind !== 'stuck' && kind !== 'unanswered') return 0;
  const open = [...file.tasks.values()].filter((task) => task.process === process);
  return open.filter((task) => !ahead.some((place) => isSame(place, task))).length;
}

/** Whether the act answers contrary to a value that must hold in the end. */
const contradicts = ({ act }: Move, given: JsonObject): boolean =>
  'complete' in act &&
  Object.entries(act.with ?? {}).some(([name, value]) => name in given && given[name] !== value);

/** Whether a token at this place needs an act, a message or a timer to move on. */
function isWork({ definitions }: Stage, { process, element }: Place): boolean {
  const type = definitions.all.find(({ key }) => key === process)?.annotations.element(element)?.type ?? '';
  return /UserTask|ReceiveTask|BoundaryEvent|IntermediateCatchEvent/.test(type);
}
