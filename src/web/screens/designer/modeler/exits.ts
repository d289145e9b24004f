/**
 * Makes undo restore the order of exits, too: the engine depends on it, and bpmn-js puts a restored
 * flow behind the others.
 */
import type { Drawn, Moddle, Services } from './services.js';

interface Context {
  readonly connection?: Drawn;
  readonly source?: Drawn;
  readonly newSource?: Drawn;
  exitsBefore?: readonly (readonly [Moddle, readonly Moddle[]])[];
}

/** Priorities: before bpmn-js unlinks the flow, and after it has linked it again. */
const [first, last] = [5000, 100];
const commands = ['connection.create', 'connection.delete', 'connection.reconnect'];

const exitsOf = (node: Moddle): Moddle[] => node.get<Moddle[] | undefined>('outgoing') ?? [];

class Exits {
  static $inject = ['eventBus'];
  constructor(eventBus: Services['eventBus']) {
    for (const command of commands) {
      eventBus.on(`commandStack.${command}.execute`, first, ({ context }: { context: Context }) => {
        const { connection, source, newSource } = context;
        const nodes = new Set([connection?.source, source, newSource].flatMap((one) => one ?? []));
        context.exitsBefore = [...nodes].map(({ businessObject }) => [
          businessObject,
          [...exitsOf(businessObject)],
        ]);
      });
      eventBus.on(`commandStack.${command}.reverted`, last, ({ context }: { context: Context }) => {
        for (const [node, before] of context.exitsBefore ?? []) {
          const now = exitsOf(node);
          now.splice(0, now.length, ...before.filter((flow) => now.includes(flow)));
        }
      });
    }
  }
}

export const exits = { __init__: ['exits'], exits: ['type', Exits] };
