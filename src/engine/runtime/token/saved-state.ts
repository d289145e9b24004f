/**
 * The saved form of an instance; arrays of numbers keep a waiting case at a few hundred bytes:
 *
 *     [mark, nextId, scopes, tokens, timers, truths]
 *     scope  [id, host, closed, log, loop]        loop  [total, started, completed, items, outputs]
 *     token  [id, scope, node, since, flow + 1, item + 1, undoes, pending, locals]
 *     timer  [id, node, owner, fired]
 *
 * Zeros and empty lists at the end of a list are omitted. Every saved token waits somewhere.
 */
import { Refusal } from '../../../kernel/refusal.js';
import type { Json } from '../../../kernel/json.js';
import type { State, Variables } from '../interface.js';
import {
  newScope,
  newToken,
  type Instance,
  type LogEntry,
  type Repetition,
  type Scope,
  type Token,
} from './instance.js';
import { insideOf } from './inside.js';
import type { Program } from './program.js';

/** The count, then each output with its instance's number. */
type SavedOutputs = readonly [number, ...(readonly [number, Json])[]];
type SavedLoop = readonly [
  total?: number,
  started?: number,
  completed?: number,
  items?: readonly Json[] | 0,
  outputs?: SavedOutputs | 0,
];
type SavedScope = readonly [
  id: number,
  host?: number,
  closed?: number,
  log?: readonly LogEntry[],
  loop?: SavedLoop | 0,
];
type SavedToken = readonly [
  id: number,
  scope: number,
  node: number,
  since?: number,
  flow?: number,
  item?: number,
  undoes?: number,
  pending?: readonly number[] | 0,
  locals?: Variables | 0,
];
type SavedTimer = readonly [id: number, node: number, owner: number, fired?: number];
type Saved = readonly [
  mark: string,
  nextId: number,
  scopes: readonly SavedScope[],
  tokens: readonly SavedToken[],
  timers?: readonly SavedTimer[],
  truths?: readonly string[],
];

/** An instance with nothing in it but its root scope. */
export function newInstance(program: Program, variables: Variables, now: Date): Instance {
  const root = newScope({ id: 1, program, body: program.body, host: null });
  return instanceWith(program, variables, now, root, 2);
}

/** @throws {Refusal} `definition.not-found` if the state belongs to another definition or version */
export function readState(state: State, program: Program, variables: Variables, now: Date): Instance {
  const saved = state as unknown as Saved;
  if (!Array.isArray(saved) || saved[0] !== program.mark) {
    throw new Refusal('definition.not-found', `保存的办理进度不属于流程 ${program.key} 的这一版本。`, {
      remedy: '请用该工单启动时的那一版流程继续办理。',
    });
  }
  const [, nextId, [, ...inner], tokens, timers = [], truths = []] = saved;
  const [rootScope] = saved[2];
  const root = newScope({ id: rootScope?.[0] ?? 1, program, body: program.body, host: null });
  if (rootScope) restore(root, rootScope);
  const instance = instanceWith(program, variables, now, root, nextId);
  const scopes = new Map([[root.id, root]]);
  const found = new Map<number, Token>();

  // A scope needs the scope of its host, and a token needs its scope, so both are read alternately.
  const waitingFor = new Map<number, SavedToken[]>();
  for (const token of tokens) waitingFor.set(token[1], [...(waitingFor.get(token[1]) ?? []), token]);
  const fill = (scope: Scope): void => {
    for (const saved of waitingFor.get(scope.id) ?? []) {
      const token = readToken(saved, scope, found);
      found.set(token.id, token);
    }
  };
  fill(root);
  for (const savedScope of inner) {
    const host = found.get(savedScope[1] ?? 0);
    if (!host) throw new RangeError(`saved scope ${savedScope[0]} has no host`);
    const scope = readScope(savedScope, host);
    host.child = scope;
    scopes.set(scope.id, scope);
    instance.scopes.add(scope);
    fill(scope);
  }
  for (const [id, node, owner, fired = 0] of timers) {
    const at = scopes.get(owner) ?? found.get(owner)?.scope ?? root;
    instance.timers.set(id, { id, node, owner, fired, program: at.program });
  }
  for (const truth of truths) instance.truths.add(truth);
  return instance;
}

export function writeState(instance: Instance): State {
  const scopes: Json[] = [];
  const tokens: Json[] = [];
  for (const scope of instance.scopes) {
    const { id, host, closed, log, loop } = scope;
    scopes.push(
      trimmed([
        id,
        host?.id ?? 0,
        closed ? 1 : 0,
        log,
        loop === null
          ? 0
          : trimmed([
              loop.total,
              loop.started,
              loop.completed,
              loop.items ?? 0,
              // An empty list would be trimmed, which would lose that outputs are collected.
              loop.outputs === null ? 0 : [loop.outputs.size, ...loop.outputs],
            ]),
      ]),
    );
    for (const token of scope.tokens) {
      tokens.push(
        trimmed([
          token.id,
          id,
          token.node,
          token.since,
          token.flow + 1,
          token.item + 1,
          token.undoes?.id ?? 0,
          token.pending ?? 0,
          token.locals ?? 0,
        ]),
      );
    }
  }
  const timers = [...instance.timers.values()].map(({ id, node, owner, fired }) =>
    trimmed([id, node, owner, fired]),
  );
  return trimmed([instance.program.mark, instance.nextId, scopes, tokens, timers, [...instance.truths]]);
}

function instanceWith(
  program: Program,
  variables: Variables,
  now: Date,
  root: Scope,
  nextId: number,
): Instance {
  return {
    program,
    now,
    variables,
    nextId,
    root,
    scopes: new Set([root]),
    timers: new Map(),
    truths: new Set(),
    moves: [],
    events: [],
    armed: [],
    disarmed: [],
    calls: [],
    assigned: {},
    ended: false,
  };
}

function readToken(saved: SavedToken, scope: Scope, found: ReadonlyMap<number, Token>): Token {
  const [id, , node, since = 0, flow = 0, item = 0, undoes = 0, pending = 0, locals = 0] = saved;
  const token = newToken({ id, scope, node, item: item - 1, undoes: found.get(undoes) ?? null });
  token.since = since;
  token.resting = true;
  token.arrived = true;
  token.flow = flow - 1;
  token.pending = pending === 0 ? null : pending;
  token.locals = locals === 0 ? null : locals;
  return token;
}

function readScope(saved: SavedScope, host: Token): Scope {
  const [id, , , , loop = 0] = saved;
  const parts = { id, host };
  const outer = host.scope.program;
  const scope =
    loop !== 0
      ? newScope({ ...parts, program: outer, body: null, loop: readLoop(loop) })
      : newScope({ ...parts, ...insideOf(host) });
  restore(scope, saved);
  return scope;
}

function restore(scope: Scope, [, , closed = 0, log = []]: SavedScope): void {
  scope.closed = closed === 1;
  scope.log = [...log];
}

function readLoop([total = 0, started = 0, completed = 0, items = 0, outputs = 0]: SavedLoop): Repetition {
  return {
    total,
    started,
    completed,
    items: items === 0 ? null : items,
    outputs: outputs === 0 ? null : new Map(outputs.slice(1) as (readonly [number, Json])[]),
  };
}

function trimmed(list: Json[]): Json[] {
  const isEmpty = (value: Json | undefined): boolean =>
    value === 0 || (Array.isArray(value) && value.length === 0);
  while (list.length > 0 && isEmpty(list[list.length - 1])) list.pop();
  return list;
}
