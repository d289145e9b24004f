import type { Flow, Node } from './program.js';

/**
 * For the inclusive join (BPMN 2.0.2, 13.4.3): per incoming flow of `gateway`, the nodes from which a token can reach
 * that flow without passing the gateway. A token in an activity may also leave by a boundary event, and one at a
 * throwing link continues at the catching one, so both count as steps.
 */
export function upstreamOf(
  gateway: Node,
  nodes: readonly Node[],
  flows: readonly Flow[],
): readonly Uint8Array[] {
  const linkedFrom = new Map<number, number[]>();
  for (const { index, trigger } of nodes) {
    if (trigger.kind === 'link' && trigger.target >= 0) {
      linkedFrom.set(trigger.target, [...(linkedFrom.get(trigger.target) ?? []), index]);
    }
  }
  const before = (index: number): number[] => {
    const node = nodes[index];
    if (!node) return [];
    const sources = node.incoming.flatMap((flow) => flows[flow]?.source ?? []);
    return [...sources, ...(linkedFrom.get(index) ?? []), ...(node.host >= 0 ? [node.host] : [])];
  };
  return gateway.incoming.map((flow) => {
    const reached = new Uint8Array(nodes.length);
    const open = [flows[flow]?.source ?? -1];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      if (index < 0 || index === gateway.index || reached[index] === 1) continue;
      reached[index] = 1;
      open.push(...before(index));
    }
    return reached;
  });
}
