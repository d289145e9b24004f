/** Finds the elements that a draft changes; a scenario must pass one of them to show the change. */
import {
  definitionOf,
  flowNodes,
  isDecisionXml,
  parseDecision,
  parseDiagram,
  processIds,
  type FlowNode,
} from '../../engine/index.js';
import { difference, noWords } from '../compliance/difference/index.js';
import type { Law } from '../../kernel/law.js';
import { isEventSubProcess, scopeAround } from './around.js';

export interface Changed {
  /** By id: a process that is called runs in the caller's instance. */
  readonly elements: ReadonlySet<string>;
  /** Keys of decision tables. */
  readonly tables: ReadonlySet<string>;
}

/** @param inForce sources; a process that is missing there counts as new in all parts */
export async function changedElements(inForce: readonly string[], draft: string, law: Law): Promise<Changed> {
  if (isDecisionXml(draft)) {
    return { elements: new Set(), tables: new Set([(await parseDecision(draft)).key]) };
  }
  const drawn = await nodesIn(draft);
  const before = await sourceOf(inForce, drawn[0]?.process);
  const everything = drawn.map(({ id }) => id);
  if (before === undefined) return { elements: new Set(everything), tables: new Set() };
  const changes = (await difference(before, draft, noWords, law)).filter(({ kind }) => kind === 'semantic');
  const nodes = [...(await nodesIn(before)), ...drawn];
  const touched = new Map(nodes.flatMap(({ id, node }) => touchedBy(id, node, everything)));
  const elements = changes.flatMap(({ element }) => touched.get(element) ?? everything);
  return { elements: new Set(elements), tables: new Set() };
}

interface Drawn {
  readonly process: string;
  readonly id: string;
  readonly node: FlowNode;
}

async function nodesIn(source: string): Promise<readonly Drawn[]> {
  const diagram = await parseDiagram(source);
  return processIds(diagram).flatMap((process) =>
    [...flowNodes(definitionOf(diagram, { processId: process }))].map(([id, node]) => ({
      process,
      id,
      node,
    })),
  );
}

async function sourceOf(
  inForce: readonly string[],
  process: string | undefined,
): Promise<string | undefined> {
  for (const source of inForce) {
    if (isDecisionXml(source)) continue;
    if (processIds(await parseDiagram(source)).some((id) => id === process)) return source;
  }
  return undefined;
}

/**
 * A scenario shows an element by passing it, what is attached by passing its host, what waits beside by being in its
 * scope, a flow by passing either end. Anything else (a message) concerns every scenario.
 */
function touchedBy(
  id: string,
  node: FlowNode,
  everything: readonly string[],
): (readonly [string, readonly string[]])[] {
  const { incoming = [], outgoing = [], attachedToRef, $parent } = node;
  const beside = isEventSubProcess(node) ? node : ($parent as FlowNode | undefined);
  const waits =
    beside !== undefined &&
    isEventSubProcess(beside) &&
    (beside === node || node.$type === 'bpmn:StartEvent');
  const scope = waits ? scopeAround(beside) : undefined;
  const shown = waits ? (scope === undefined ? everything : [id, scope]) : [id, attachedToRef?.id ?? id];
  return [
    [id, shown],
    ...[...incoming, ...outgoing].map(
      ({ id: flow = '', sourceRef, targetRef }) =>
        [flow, [sourceRef, targetRef].map((end) => end?.id ?? '')] as const,
    ),
  ];
}
