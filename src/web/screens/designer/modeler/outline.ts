/** Elements in the order in which a case reaches them, each with its exits: an alternative to the canvas. */
import { kindOf, titleOf } from './kind.js';
import { processOf, service, type Drawing, type Moddle } from './services.js';

export interface OutlineRow {
  readonly id: string;
  readonly depth: number;
  readonly kind: string;
  readonly title: string;
  /** Names of its successors. */
  readonly onward: readonly string[];
  /** True for a flow that decides nothing: the only exit, without a condition. */
  readonly isPlainFlow: boolean;
}

export function outlineOf(drawing: Drawing): readonly OutlineRow[] {
  const registry = service(drawing, 'elementRegistry');
  const isDrawn = ({ id }: Moddle): boolean => registry.get(id ?? '') !== undefined;
  const rows: OutlineRow[] = [];
  const visit = (container: Moddle, depth: number): void => {
    for (const node of inOrder(container)) {
      if (!isDrawn(node)) continue;
      const exits = outgoing(node).filter(isDrawn);
      rows.push(rowOf(node, depth, exits.flatMap(targetOf).map(titleOf)));
      for (const flow of exits) rows.push(flowRowOf(flow, depth + 1, exits.length > 1));
      visit(node, depth + 1);
    }
  };
  const root = processOf(drawing);
  if (root) visit(root.businessObject, 0);
  return rows;
}

const rowOf = (element: Moddle, depth: number, onward: readonly string[]): OutlineRow => ({
  id: element.id ?? '',
  depth,
  kind: kindOf(element),
  title: titleOf(element),
  onward,
  isPlainFlow: false,
});

function flowRowOf(flow: Moddle, depth: number, isChosen: boolean): OutlineRow {
  const [target] = targetOf(flow);
  const name = flow.get<string | undefined>('name');
  const isDefault = flow.get<Moddle | undefined>('sourceRef')?.get('default') === flow;
  return {
    id: flow.id ?? '',
    depth,
    kind: isDefault ? '默认流' : flow.get('conditionExpression') ? '条件' : '连线',
    title: `${name ? `${name} ` : ''}→ ${target ? titleOf(target) : '…'}`,
    onward: [],
    isPlainFlow: !isChosen && !flow.get('conditionExpression'),
  };
}

const targetOf = (flow: Moddle): readonly Moddle[] => {
  const target = flow.get<Moddle | undefined>('targetRef');
  return target ? [target] : [];
};

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
      const next = outgoing(node).flatMap(targetOf);
      ahead.push(...[...attached, ...next].reverse());
    }
  };
  for (const node of nodes) if (node.$type === 'bpmn:StartEvent') walk(node);
  for (const node of nodes) walk(node);
  return [...ordered];
}
