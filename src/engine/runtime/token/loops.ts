/** Multi-instance and standard loops: a scope whose tokens each perform the activity once. */
import { Refusal } from '../../../kernel/refusal.js';
import type { Json } from '../../../kernel/json.js';
import { countsOf, environmentOf } from './environment.js';
import { newScope, nodeOf, type Instance, type Repetition, type Scope, type Token } from './instance.js';
import { write } from './own-variables.js';
import type { Loop } from './program.js';
import { cancelToken, createToken, remove, send } from './tokens.js';

/** Limit of one step's work; the largest real convening has some ninety units. */
const mostInstances = 5000;

export function beginLoop(instance: Instance, host: Token): void {
  const node = nodeOf(host);
  const { loop } = node;
  if (!loop) return;
  if (loop.kind === 'standard') {
    const scope = open(instance, host, { total: 0, started: 0, completed: 0, items: null, outputs: null });
    if (goesOn(instance, scope, loop, loop.testBefore)) start(instance, scope, host.node);
    else end(instance, scope);
    return;
  }
  const items = itemsOf(instance, host, loop);
  const total = items?.length ?? totalOf(instance, host, loop);
  if (total > mostInstances) throw invalid(node.id, `多实例份数 ${total} 超过上限 ${mostInstances}`);
  const outputs = loop.output === null ? null : new Map<number, Json>();
  const scope = open(instance, host, { total, started: 0, completed: 0, items, outputs });
  if (total === 0) return end(instance, scope);
  const atOnce = loop.sequential ? 1 : total;
  for (let count = 0; count < atOnce; count += 1) start(instance, scope, host.node);
}

/** One repetition is completed. Returns the host if its activity is thereby completed. */
export function countRepetition(instance: Instance, token: Token): Token | null {
  const { scope } = token;
  const repetition = scope.loop;
  const { loop } = nodeOf(token);
  if (!repetition || !loop) return null;
  repetition.completed += 1;
  scope.log.push(...token.inherited);
  if (loop.kind === 'instances' && repetition.outputs) {
    repetition.outputs.set(token.item, token.locals?.[loop.outputItem ?? ''] ?? null);
  }
  const done = isDone(instance, token, repetition, loop);
  if (!done && (loop.kind === 'standard' || loop.sequential)) start(instance, scope, token.node);
  remove(instance, token);
  if (!done) return null;
  for (const other of [...scope.tokens]) cancelToken(instance, other);
  return conclude(instance, scope);
}

function isDone(instance: Instance, token: Token, repetition: Repetition, loop: Loop): boolean {
  if (loop.kind === 'standard') return !goesOn(instance, token.scope, loop, true);
  if (repetition.completed >= repetition.total) return true;
  return loop.until?.holds(environmentOf(instance, token), instance.now) === true;
}

function goesOn(instance: Instance, scope: Scope, loop: Loop & { kind: 'standard' }, asks: boolean): boolean {
  const repetition = scope.loop;
  if (!repetition || repetition.started >= loop.maximum) return false;
  if (!asks || loop.condition === null) return true;
  const environment = {
    ...environmentOf(instance, scope.host),
    ...countsOf(repetition),
    // The condition is evaluated for the repetition just completed.
    loopCounter: repetition.started,
  };
  return loop.condition.holds(environment, instance.now);
}

function open(instance: Instance, host: Token, loop: Repetition): Scope {
  const scope = newScope({ id: instance.nextId++, program: host.scope.program, body: null, host, loop });
  host.child = scope;
  instance.scopes.add(scope);
  return scope;
}

function start(instance: Instance, scope: Scope, node: number): void {
  if (!scope.loop) return;
  const item = scope.loop.started;
  scope.loop.started += 1;
  scope.loop.total = Math.max(scope.loop.total, scope.loop.started);
  send(instance, createToken(instance, scope, node, { item }), node);
}

function end(instance: Instance, scope: Scope): void {
  const host = conclude(instance, scope);
  if (host) instance.moves.push({ kind: 'finish', token: host });
}

/** The output collection is assigned as a whole, in the order of the instances, on completion of the activity. */
function conclude(instance: Instance, scope: Scope): Token | null {
  const { host, loop: repetition } = scope;
  scope.over = true;
  instance.scopes.delete(scope);
  if (!host || !repetition) return null;
  host.child = null;
  host.inherited = scope.log;
  const { loop } = nodeOf(host);
  if (loop?.kind === 'instances' && loop.output !== null && repetition.outputs) {
    const outputs = [...repetition.outputs].sort(([one], [other]) => one - other).map(([, output]) => output);
    write(instance, host.scope.host, { [loop.output]: outputs });
  }
  return host;
}

function itemsOf(
  instance: Instance,
  host: Token,
  loop: Loop & { kind: 'instances' },
): readonly Json[] | null {
  const { collection } = loop;
  if (collection === null) return null;
  const environment = environmentOf(instance, host);
  const items =
    'variable' in collection
      ? environment[collection.variable]
      : collection.expression.value(environment, instance.now);
  if (!isList(items)) {
    const what = 'variable' in collection ? `变量 ${collection.variable}` : '表达式的值';
    throw invalid(nodeOf(host).id, `多实例所依的集合（${what}）不是列表`);
  }
  return items;
}

function totalOf(instance: Instance, host: Token, loop: Loop & { kind: 'instances' }): number {
  const value = loop.cardinality?.value(environmentOf(instance, host), instance.now) ?? null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw invalid(nodeOf(host).id, `多实例的份数（${JSON.stringify(value)}）不是非负整数`);
  }
  return value;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function invalid(where: string, reason: string): Refusal {
  return new Refusal('expression.invalid', `${where} 的${reason}。`, {
    where,
    remedy: '请核对案件数据与流程图中的多实例设置。',
  });
}
