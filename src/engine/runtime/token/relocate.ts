/**
 * Moves or withdraws tokens by people's decision, outside the sequence flows, in a stuck instance.
 * A token stays in its scope, and no join may remain that could never complete.
 */
import { Refusal } from '../../../kernel/refusal.js';
import type { Json } from '../../../kernel/json.js';
import type { Definition, State, Variables } from '../interface.js';
import { programOf } from './compile.js';
import { isRepetition, nodeAt, nodeOf, type Instance, type Scope, type Token } from './instance.js';
import { unservedJoins } from './joins-after-move.js';
import type { Node } from './program.js';
import { readState } from './saved-state.js';
import { cancelScope, cancelToken, createToken, send } from './tokens.js';

/** A waiting token, and what people may do with it. */
export interface Resting {
  readonly token: string;
  /** Key of the process it runs in, which may be a called one. */
  readonly process: string;
  readonly element: string;
  /** Elements to which it may be moved. */
  readonly targets: readonly string[];
  readonly mayWithdraw: boolean;
  /** True if withdrawing it ends the instance. */
  readonly isLast: boolean;
}

export function restingTokens(state: State, definition: Definition): readonly Resting[] {
  const instance = readState(state, programOf(definition), {}, new Date(0));
  return [...instance.scopes].flatMap((scope) =>
    [...scope.tokens].filter(isMovable).map((token) => ({
      token: String(token.id),
      process: scope.program.key,
      element: nodeOf(token).id,
      targets: targetsOf(token).map(({ id }) => id),
      mayWithdraw: !isLastInside(token),
      isLast: isLastOf(instance, token),
    })),
  );
}

/** A running activity with variables of its own. */
export interface Owning {
  readonly token: string;
  readonly process: string;
  readonly element: string;
  readonly variables: Variables;
}

export function owningTokens(state: State, definition: Definition): readonly Owning[] {
  const instance = readState(state, programOf(definition), {}, new Date(0));
  return [...instance.scopes].flatMap(({ program, tokens }) =>
    [...tokens].flatMap((token) =>
      token.locals === null
        ? []
        : [
            {
              ...{ token: String(token.id), process: program.key, element: nodeOf(token).id },
              variables: token.locals,
            },
          ],
    ),
  );
}

/** @throws {Refusal} `stimulus.not-waiting` */
export function assignOwn(
  instance: Instance,
  { token: id, name, value }: { readonly token: string; readonly name: string; readonly value: Json },
): void {
  for (const { tokens } of instance.scopes)
    for (const token of tokens) {
      if (String(token.id) !== id || !token.locals || !Object.hasOwn(token.locals, name)) continue;
      token.locals = { ...token.locals, [name]: value };
      return;
    }
  throw notThere(instance, id);
}

/** @throws {Refusal} `stimulus.not-waiting`; `intervention.hindered` */
export function moveToken(instance: Instance, id: string, to: string): void {
  const token = restingToken(instance, id);
  const target = targetsOf(token).find((node) => node.id === to);
  if (!target) {
    throw hindered(to, `停着的 ${nodeOf(token).id} 不能移到 ${to}：要在同一流程、同一子流程里，从头能走到`);
  }
  const unserved = unservedIn(token.scope);
  const moved = createToken(instance, token.scope, target.index);
  cancelToken(instance, token);
  assertServed(token.scope, unserved);
  send(instance, moved, target.index);
}

/** @throws {Refusal} `stimulus.not-waiting`; `intervention.hindered` */
export function withdrawToken(instance: Instance, id: string): void {
  const token = restingToken(instance, id);
  if (isLastOf(instance, token)) {
    cancelScope(instance, instance.root);
    instance.ended = true;
    instance.events.push({ kind: 'ended', how: 'cancelled' });
    return;
  }
  const { scope } = token;
  if (isLastInside(token)) {
    throw hindered(
      nodeOf(token).id,
      `环节 ${nodeOf(token).id} 是子流程里最后一个：取消了它，子流程会被当作办完`,
    );
  }
  const unserved = unservedIn(scope);
  cancelToken(instance, token);
  assertServed(scope, unserved);
}

function restingToken(instance: Instance, id: string): Token {
  for (const { tokens } of instance.scopes)
    for (const token of tokens) if (String(token.id) === id && isMovable(token)) return token;
  throw notThere(instance, id);
}

/** Excludes repetitions, and tokens involved in a compensation. */
const isMovable = (token: Token): boolean =>
  token.resting &&
  !isRepetition(token) &&
  token.undoes === null &&
  token.pending === null &&
  nodeOf(token).role !== 'event-sub-process';

const isLastOf = ({ root }: Instance, { scope }: Token): boolean => scope === root && scope.tokens.size === 1;

/** A non-interrupting event sub-process may simply end; any other scope would count as completed. */
function isLastInside({ scope }: Token): boolean {
  if (!scope.host || scope.tokens.size > 1) return false;
  const host = nodeOf(scope.host);
  return host.role !== 'event-sub-process' || nodeAt(scope.host.scope, host.opener).interrupting;
}

const enterable = new Set<Node['role']>([
  ...(['task', 'call-handler', 'pass', 'catch', 'throw', 'end'] as const),
  ...(['sub-process', 'call-activity', 'exclusive', 'event-gateway', 'parallel', 'inclusive'] as const),
]);

/** A join needs the flow on which a token arrives, and a moved token has none. */
const joins = (node: Node): boolean =>
  (node.role === 'parallel' || node.role === 'inclusive') && node.incoming.length > 1;

function targetsOf(token: Token): readonly Node[] {
  const { program } = token.scope;
  const here = nodeOf(token);
  return program.nodes.filter(
    (node) =>
      node.index !== here.index &&
      node.container === here.container &&
      node.incoming.length > 0 &&
      enterable.has(node.role) &&
      !joins(node),
  );
}

const unservedIn = ({ program, tokens }: Scope): ReadonlySet<string> =>
  new Set(unservedJoins(program, tokens).map(({ id }) => id));

function assertServed(scope: Scope, before: ReadonlySet<string>): void {
  const [lost] = [...unservedIn(scope)].filter((id) => !before.has(id));
  if (lost === undefined) return;
  throw hindered(lost, `汇合 ${lost} 等待的几路，有的不会再来：会一直等下去`);
}

const hindered = (where: string, detail: string): Refusal =>
  new Refusal('intervention.hindered', detail, { where, remedy: '另选一个环节，或者换到改好的一版' });

const notThere = ({ program }: Instance, id: string): Refusal =>
  new Refusal('stimulus.not-waiting', `流程 ${program.key} 没有停着的这一处（${id}）`, {
    remedy: '刷新以后看现在停在哪里',
  });
