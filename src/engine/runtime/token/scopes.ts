/** Begin and end of scopes. */
import { Refusal } from '../../../kernel/refusal.js';
import { newScope, nodeAt, nodeOf, type Instance, type Scope, type Token } from './instance.js';
import { insideOf } from './inside.js';
import { arm, scopeOwner } from './timers.js';
import { createToken, send, withdraw } from './tokens.js';

/** Starts the content of the token's activity. */
export function openBody(instance: Instance, host: Token): void {
  const { program, body } = insideOf(host);
  const scope = newScope({ id: instance.nextId++, program, body, host });
  const node = nodeOf(host);
  if (node.role === 'event-sub-process') begin(instance, scope, [node.opener]);
  else begin(instance, scope, startsOf(scope, node.id));
}

export function begin(instance: Instance, scope: Scope, starts: readonly number[]): void {
  if (scope.host) scope.host.child = scope;
  instance.scopes.add(scope);
  for (const index of scope.body?.eventSubProcesses ?? []) {
    arm(instance, scopeOwner(scope), nodeAt(scope, nodeAt(scope, index).opener));
  }
  for (const start of starts) send(instance, createToken(instance, scope, start), start);
  if (starts.length === 0) instance.moves.push({ kind: 'close', scope });
}

function startsOf(scope: Scope, caller: string): readonly number[] {
  const starts = scope.body?.starts ?? [];
  const { entries, key } = scope.program;
  if (starts.length > 0 || scope.body !== scope.program.body) return starts;
  if (entries.length === 1) return entries;
  throw new Refusal(
    'definition.unsupported',
    `被调用的流程 ${key} 没有无触发条件的开始事件，不知从何处开始。`,
    {
      where: caller,
      remedy: '请给被调用的流程加一个普通的开始事件。',
    },
  );
}

/** Ends an empty scope; its host's activity is then completed. */
export function close(instance: Instance, scope: Scope): void {
  if (scope.over || scope.tokens.size > 0) return;
  scope.over = true;
  withdraw(instance, scope.id);
  instance.scopes.delete(scope);
  const { host } = scope;
  if (!host) {
    instance.ended = true;
    instance.events.push({
      kind: 'ended',
      how: scope.terminatedBy === null ? 'completed' : 'terminated',
      ...(scope.terminatedBy === null ? {} : { element: scope.terminatedBy }),
    });
    return;
  }
  host.child = null;
  // Activities of a called process cannot be compensated from outside.
  if (scope.program === host.scope.program) host.inherited = scope.log;
  instance.moves.push({ kind: 'finish', token: host });
}
