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

export interface Changed {
  /** `PROCESS/ELEMENT`. */
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
  const everything = drawn.map(({ key }) => key);
  if (before === undefined) return { elements: new Set(everything), tables: new Set() };
  const changes = (await difference(before, draft, noWords, law)).filter(({ kind }) => kind === 'semantic');
  const touched = new Map([...(await nodesIn(before)), ...drawn].flatMap(touchedBy));
  const elements = changes.flatMap(({ element }) => touched.get(element) ?? everything);
  return { elements: new Set(elements), tables: new Set() };
}

interface Drawn {
  readonly process: string;
  readonly key: string;
  readonly node: FlowNode;
}

async function nodesIn(source: string): Promise<readonly Drawn[]> {
  const diagram = await parseDiagram(source);
  return processIds(diagram).flatMap((process) =>
    [...flowNodes(definitionOf(diagram, { processId: process }))].map(([id, node]) => ({
      process,
      key: `${process}/${id}`,
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
 * A scenario shows an element by passing it, and a flow by passing both ends. Anything else (a
 * message) concerns every scenario.
 */
const touchedBy = ({ process, key, node }: Drawn): (readonly [string, readonly string[]])[] => [
  [node.id ?? '', [key]],
  ...[...(node.incoming ?? []), ...(node.outgoing ?? [])].map(
    ({ id = '', sourceRef, targetRef }) =>
      [id, [sourceRef, targetRef].map((end) => `${process}/${end?.id ?? ''}`)] as const,
  ),
];
