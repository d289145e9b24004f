/** Joins that a migration would break: joins that can no longer complete, and joins that no longer exist. */
import type { Scope, Token } from './instance.js';
import type { Node, Program } from './program.js';

/** Parallel joins that some token of the scope can reach, but not on all their flows: they would wait for ever. */
export function unservedJoins(program: Program, tokens: Iterable<Token>): Node[] {
  const at = [...tokens];
  return joinsAround(program, at, ['parallel']).filter((join) => {
    const arrived = new Set(at.filter(({ node }) => node === join.index).map(({ flow }) => flow));
    const ways = at.filter(({ node }) => node !== join.index).map((token) => flowsFrom(program, token.node));
    const coming = join.incoming.filter((flow) => arrived.has(flow) || ways.some((way) => way.has(flow)));
    return coming.length > 0 && coming.length < join.incoming.length;
  });
}

/** Joins of the old version that several tokens are heading for and that the new version lacks. */
export function lostJoins(
  { program, tokens, loop }: Scope,
  imageOf: (node: Node) => Node | undefined,
): Node[] {
  if (loop !== null) return [];
  const at = [...tokens];
  return joinsAround(program, at, ['parallel', 'inclusive']).filter((join) => {
    const coming = at.filter(
      (token) =>
        token.node === join.index || join.incoming.some((flow) => flowsFrom(program, token.node).has(flow)),
    );
    return coming.length > 1 && imageOf(join)?.role !== join.role;
  });
}

function joinsAround(program: Program, tokens: readonly Token[], roles: readonly Node['role'][]): Node[] {
  const containers = new Set(tokens.map((token) => program.nodes[token.node]?.container));
  return program.nodes.filter(
    ({ role, incoming, container }) =>
      roles.includes(role) && incoming.length > 1 && containers.has(container),
  );
}

/** Every flow that a token at this node may still take, including boundary events and links. */
function flowsFrom(program: Program, start: number): ReadonlySet<number> {
  const flows = new Set<number>();
  const seen = new Set<number>();
  const visit = (index: number): void => {
    const node = program.nodes[index];
    if (!node || seen.has(index)) return;
    seen.add(index);
    for (const flow of [...node.outgoing, ...(node.defaultFlow < 0 ? [] : [node.defaultFlow])]) {
      flows.add(flow);
      visit(program.flows[flow]?.target ?? -1);
    }
    for (const boundary of node.boundaries) visit(boundary);
    if (node.trigger.kind === 'link') visit(node.trigger.target);
  };
  visit(start);
  return flows;
}
