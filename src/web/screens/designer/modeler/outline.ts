/** Elements in the order in which a case reaches them: alternative to the canvas. */
import { kindOf, titleOf } from './kind.js';
import { service, type Drawing, type Drawn, type Moddle } from './services.js';

export interface OutlineRow {
  readonly id: string;
  readonly depth: number;
  readonly kind: string;
  readonly title: string;
  /** Names of its successors. */
  readonly onward: readonly string[];
}

export function outlineOf(drawing: Drawing): readonly OutlineRow[] {
  const registry = service(drawing, 'elementRegistry');
  const rows: OutlineRow[] = [];
  const visit = (container: Moddle, depth: number): void => {
    for (const node of inOrder(container)) {
      if (!registry.get(node.id ?? '')) continue;
      rows.push({
        id: node.id ?? '',
        depth,
        kind: kindOf(node),
        title: titleOf(node),
        onward: outgoing(node).flatMap((flow) => {
          const target = flow.get<Moddle | undefined>('targetRef');
          return target ? [titleOf(target)] : [];
        }),
      });
      visit(node, depth + 1);
    }
  };
  const root: Drawn = service(drawing, 'canvas').getRootElement();
  visit(root.businessObject, 0);
  return rows;
}

const nodesOf = (container: Moddle): readonly Moddle[] =>
  (container.get<readonly Moddle[] | undefined>('flowElements') ?? []).filter((one) =>
    one.$instanceOf('bpmn:FlowNode'),
  );

const outgoing = (node: Moddle): readonly Moddle[] =>
  node.get<readonly Moddle[] | undefined>('outgoing') ?? [];

/** Depth first from the starts; boundary events follow their activity; unreachable elements come last. */
function inOrder(container: Moddle): readonly Moddle[] {
  const nodes = nodesOf(container);
  const ordered = new Set<Moddle>();
  const walk = (first: Moddle): void => {
    const ahead = [first];
    for (let node = ahead.pop(); node; node = ahead.pop()) {
      if (ordered.has(node)) continue;
      ordered.add(node);
      const attached = nodes.filter((one) => one.get('attachedToRef') === node);
      const next = outgoing(node).flatMap((flow) => flow.get<Moddle | undefined>('targetRef') ?? []);
      ahead.push(...[...attached, ...next].reverse());
    }
  };
  for (const node of nodes) if (node.$type === 'bpmn:StartEvent') walk(node);
  for (const node of nodes) walk(node);
  return [...ordered];
}
