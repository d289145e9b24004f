import { Refusal } from '../../../kernel/refusal.js';
import type { Variables } from '../interface.js';
import type { Instance } from './instance.js';
import type { Program } from './program.js';
import { newInstance } from './saved-state.js';
import { begin } from './scopes.js';

/**
 * Starts an instance: at the given start event, else at the none start event, else at the only one.
 *
 * @throws {Refusal} `stimulus.not-waiting` if that leaves no start event, or several
 */
export function startInstance(
  program: Program,
  event: string | undefined,
  variables: Variables,
  now: Date,
): Instance {
  const instance = newInstance(program, variables, now);
  begin(instance, instance.root, startsOf(program, event));
  return instance;
}

function startsOf(program: Program, event: string | undefined): readonly number[] {
  const { entries, body, key } = program;
  const ids = entries.map((index) => program.nodes[index]?.id ?? '').join('、');
  if (event !== undefined) {
    const found = entries.find((index) => program.nodes[index]?.id === event);
    if (found !== undefined) return [found];
    throw refused(`流程 ${key} 没有开始事件 ${event}。`, `它的开始事件有：${ids || '无'}。`);
  }
  if (body.starts.length > 0) return entries.length === 0 ? body.starts : body.starts.slice(0, 1);
  if (entries.length === 1) return entries;
  throw refused(`流程 ${key} 没有普通的开始事件，须说明由哪个事件启动。`, `它的开始事件有：${ids || '无'}。`);
}

function refused(detail: string, remedy: string): Refusal {
  return new Refusal('stimulus.not-waiting', detail, { remedy });
}
