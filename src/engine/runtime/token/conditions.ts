/** Conditional events, evaluated whenever all tokens wait, since any variable may have changed. */
import { environmentOf } from './environment.js';
import type { Instance } from './instance.js';
import { fire, subscribers, type Subscriber } from './subscriptions.js';

/**
 * Fires the first conditional event whose condition has become true. An interrupting or intermediate one is then
 * consumed; a non-interrupting one must become false before it fires again.
 */
export function settleConditions(instance: Instance): boolean {
  if (![...instance.scopes].some((scope) => scope.program.conditional)) return false;
  for (const subscriber of subscribers(instance, (trigger) => trigger.kind === 'conditional')) {
    const { trigger } = subscriber.node;
    if (trigger.kind !== 'conditional') continue;
    const asker = subscriber.kind === 'open' ? subscriber.scope.host : subscriber.token;
    const holds = trigger.condition.holds(environmentOf(instance, asker), instance.now);
    const key = `${subscriber.kind === 'open' ? subscriber.scope.id : subscriber.token.id}:${subscriber.node.index}`;
    if (!holds) instance.truths.delete(key);
    else if (!instance.truths.has(key)) {
      if (repeats(subscriber)) instance.truths.add(key);
      fire(instance, subscriber);
      return true;
    }
  }
  return false;
}

function repeats({ kind, node }: Subscriber): boolean {
  return (kind === 'boundary' || kind === 'open') && !node.interrupting;
}
