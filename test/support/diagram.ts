/** A shipped diagram as the tests look at it: its elements and how they are drawn. */
import { packageText } from '../../src/kernel/package-content.js';
import { definitionOf, parseDiagram, type Definition } from '../../src/engine/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';

/** The moddle tree, as far as these tests read it. */
export interface Element {
  readonly $type: string;
  readonly id: string;
  readonly name?: string;
  readonly flowElements?: readonly Element[];
  readonly eventDefinitions?: readonly Element[];
  readonly extensionElements?: { readonly values: readonly Element[] };
  readonly sourceRef?: Element;
  readonly targetRef?: Element;
  readonly attachedToRef?: Element;
  readonly timeCycle?: { readonly body?: string };
  readonly timeDuration?: { readonly body: string };
  get(name: string): unknown;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Drawn {
  readonly bpmnElement: Element;
  readonly bounds?: Box;
  readonly waypoint?: readonly Point[];
  readonly label?: { readonly bounds: Box };
}

export interface Diagram {
  readonly definition: Definition;
  readonly elements: readonly Element[];
  /** Element id → the id of what contains it. */
  readonly scopes: ReadonlyMap<string, string>;
  readonly shapes: ReadonlyMap<string, Box>;
  /** Element id → the process or closed sub-process on whose page it is drawn. */
  readonly pages: ReadonlyMap<string, string>;
  readonly edges: ReadonlyMap<string, readonly Point[]>;
}

export async function readDiagram(name: string): Promise<Diagram> {
  const diagram = await parseDiagram(packageText(`processes/${name}.bpmn`, packageRoot));
  const root = diagram.root as unknown as {
    readonly rootElements: readonly Element[];
    readonly diagrams: readonly {
      readonly plane: { readonly bpmnElement: Element; readonly planeElement: readonly Drawn[] };
    }[];
  };
  const elements: Element[] = [];
  const scopes = new Map<string, string>();
  const visit = (container: Element): void => {
    for (const element of container.flowElements ?? []) {
      elements.push(element);
      scopes.set(element.id, container.id);
      visit(element);
    }
  };
  for (const element of root.rootElements) if (element.$type === 'bpmn:Process') visit(element);
  const drawn = root.diagrams.flatMap(({ plane }) => plane.planeElement);
  return {
    definition: definitionOf(diagram),
    elements,
    scopes,
    shapes: new Map(drawn.flatMap(({ bpmnElement, bounds }) => (bounds ? [[bpmnElement.id, bounds]] : []))),
    pages: new Map(
      root.diagrams.flatMap(({ plane }) =>
        plane.planeElement.map(({ bpmnElement }) => [bpmnElement.id, plane.bpmnElement.id]),
      ),
    ),
    edges: new Map(
      drawn.flatMap(({ bpmnElement, waypoint }) => (waypoint ? [[bpmnElement.id, waypoint]] : [])),
    ),
  };
}

/** The extension elements of one kind (`duty:Norm`, `duty:Form`). */
export const extensionsOf = (element: Element, type: string): readonly Element[] =>
  (element.extensionElements?.values ?? []).filter((extension) => extension.$type === type);

export function textOf(element: Element, property: string): string {
  const value = element.get(property);
  return typeof value === 'string' ? value : '';
}
