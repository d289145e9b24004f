import { Refusal } from '../../kernel/refusal.js';
import { isContainer, isFlowNode, type FlowNode, type Process } from './bpmn-types.js';
import type { ParsedDiagram } from './parse.js';

/** One process of a parsed diagram, ready to run. Runtimes cache their compiled form in a WeakMap. */
export interface Definition {
  /** The BPMN process id, the key under which versions are deployed. */
  readonly key: string;
  readonly diagram: ParsedDiagram;
  /** Definitions reachable through call activities, by process id, pinned when the instance starts. */
  readonly called: ReadonlyMap<string, Definition>;
}

/** Ids of all processes in the diagram, in order. */
export function processIds(diagram: ParsedDiagram): readonly string[] {
  return processes(diagram).map((process) => process.id ?? '');
}

/**
 * One process of a diagram, ready to run. Call activities reach the diagram's other processes, and
 * those in `called`, which take precedence.
 *
 * @param options.processId default: the first executable process, else the first
 * @throws {Refusal} `definition.not-found` if the diagram has no such process
 */
export function definitionOf(
  diagram: ParsedDiagram,
  options: { readonly processId?: string; readonly called?: ReadonlyMap<string, Definition> } = {},
): Definition {
  const called = new Map<string, Definition>();
  for (const id of processIds(diagram)) called.set(id, { key: id, diagram, called });
  for (const [id, definition] of options.called ?? []) called.set(id, definition);

  const all = processes(diagram);
  const key = options.processId ?? (all.find((process) => process.isExecutable === true) ?? all[0])?.id;
  if (key === undefined || !all.some((process) => process.id === key)) {
    throw new Refusal('definition.not-found', `图中没有流程 ${key ?? '（无标识）'}。`, {
      remedy: `图中的流程有：${processIds(diagram).join('、')}。`,
    });
  }
  return { key, diagram, called };
}

/** The moddle element of the definition's process. */
export function processOf(definition: Definition): Process {
  const found = processes(definition.diagram).find((process) => process.id === definition.key);
  if (!found) throw new Refusal('definition.not-found', `图中没有流程 ${definition.key}。`);
  return found;
}

/** All flow nodes of the process by id, including those of sub-processes. */
export function flowNodes(definition: Definition): ReadonlyMap<string, FlowNode> {
  const nodes = new Map<string, FlowNode>();
  const collect = (container: Process | FlowNode): void => {
    for (const element of container.flowElements ?? []) {
      if (!isFlowNode(element)) continue;
      nodes.set(element.id ?? '', element);
      if (isContainer(element)) collect(element);
    }
  };
  collect(processOf(definition));
  return nodes;
}

function processes(diagram: ParsedDiagram): readonly Process[] {
  return (diagram.root.rootElements ?? []).filter(
    (element): element is Process => element.$type === 'bpmn:Process',
  );
}
