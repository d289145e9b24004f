/** Outgoing flows that a token takes. */
import { Refusal } from '../../../kernel/refusal.js';
import { environmentOf } from './environment.js';
import { nodeOf, type Instance, type Token } from './instance.js';
import type { Flow, Node } from './program.js';
import { createToken, remove, send, report } from './tokens.js';

/** @throws {Refusal} `flow.no-way-out` */
export function leave(instance: Instance, token: Token): void {
  report(instance, 'left', token);
  token.locals = null;
  take(instance, token, chosen(instance, token));
}

/** Sends the token along the first flow and new tokens along the others; without flows it is consumed. */
function take(instance: Instance, token: Token, flows: readonly number[]): void {
  const { scope } = token;
  const [first, ...others] = flows;
  if (first === undefined) return remove(instance, token);
  const travel = (one: Token, index: number): void => {
    const { id, target } = flowAt(token, index);
    instance.events.push({ kind: 'taken', flow: id });
    send(instance, one, target, index);
  };
  travel(token, first);
  for (const index of others) travel(createToken(instance, scope, token.node), index);
}

function chosen(instance: Instance, token: Token): readonly number[] {
  const node = nodeOf(token);
  const { outgoing, defaultFlow } = node;
  const holds = (index: number): boolean => {
    const { condition } = flowAt(token, index);
    return condition === null || condition.holds(environmentOf(instance, token), instance.now);
  };
  switch (node.role) {
    case 'parallel':
      return defaultFlow >= 0 ? [...outgoing, defaultFlow] : outgoing;
    case 'exclusive': {
      const first = outgoing.find(holds) ?? defaultFlow;
      return first >= 0 ? [first] : none(node, outgoing);
    }
    case 'inclusive': {
      const taken = outgoing.filter(holds);
      if (taken.length > 0) return taken;
      return defaultFlow >= 0 ? [defaultFlow] : none(node, outgoing);
    }
    default: {
      const taken = outgoing.filter(holds);
      // Unconditional flows are always taken; the default replaces the conditional ones.
      const met = taken.some((index) => flowAt(token, index).condition !== null);
      if (defaultFlow >= 0 && !met) return [...taken, defaultFlow];
      return taken.length > 0 ? taken : none(node, outgoing);
    }
  }
}

/** Without outgoing flows the token ends; if all are blocked, diagram or data are wrong. */
function none(node: Node, outgoing: readonly number[]): readonly number[] {
  if (outgoing.length === 0) return [];
  throw new Refusal('flow.no-way-out', `在 ${node.id} 处没有一个出口的条件成立，也没有默认出口。`, {
    where: node.id,
    remedy: '请核对所填内容；如属流程图疏漏，请给该处加上默认出口。',
  });
}

function flowAt(token: Token, index: number): Flow {
  const flow = token.scope.program.flows[index];
  if (!flow) throw new RangeError(`no flow ${index} in ${token.scope.program.key}`);
  return flow;
}
