/**
 * Redraws a process: `npx tsx tools/layout.ts processes/handling.bpmn …` reads the process and the grid file
 * `tools/layout/NAME.grid`, routes the flows, places the labels and replaces the diagram part of the file. The
 * process itself stays unchanged, character by character.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDiagram } from '../src/engine/model/index.js';
import { interchange } from './layout/interchange.js';
import { placeLabels } from './layout/labels.js';
import { routeFlows } from './layout/route.js';
import { placeShapes, type Box, type Flow, type Node, type Shape } from './layout/shapes.js';

interface Element {
  readonly $type: string;
  readonly id: string;
  readonly name?: string;
  readonly flowElements?: readonly Element[];
  readonly attachedToRef?: Element;
  readonly sourceRef?: Element;
  readonly targetRef?: Element;
  readonly rootElements?: readonly Element[];
}

async function layout(file: string): Promise<void> {
  const xml = readFileSync(file, 'utf8').replace(/ *<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n?/, '');
  const { root } = (await parseDiagram(xml)) as unknown as { readonly root: Element };
  const process = root.rootElements?.find((element) => element.$type === 'bpmn:Process');
  if (!process) throw new Error(`${file} 里没有流程`);
  const nodes: Node[] = [];
  const flows: Flow[] = [];
  collect(process, nodes, flows);
  const grid = readFileSync(join(import.meta.dirname, 'layout', `${basename(file, '.bpmn')}.grid`), 'utf8');
  const shapes = placeShapes(grid, nodes);
  const routes = routeFlows(flows, shapes, (scope) => shapes.get(scope) ?? around([...shapes.values()]));
  const drawing = interchange(process.id, shapes, flows, routes, placeLabels(shapes, flows, routes));
  writeFileSync(file, xml.replace('</bpmn:definitions>', `${drawing}</bpmn:definitions>`));
}

function collect(scope: Element, nodes: Node[], flows: Flow[]): void {
  for (const element of scope.flowElements ?? []) {
    const name = element.name ?? '';
    if (element.sourceRef && element.targetRef) {
      const { id: source } = element.sourceRef;
      flows.push({ id: element.id, name, scope: scope.id, source, target: element.targetRef.id });
      continue;
    }
    const host = element.attachedToRef && { host: element.attachedToRef.id };
    nodes.push({ id: element.id, type: element.$type, name, scope: scope.id, ...host });
    collect(element, nodes, flows);
  }
}

/** The whole drawing, with margin for flows around the outside. */
function around(shapes: readonly Shape[]): Box {
  const room = 200;
  const [x, y] = [Math.min(...shapes.map((shape) => shape.x)), Math.min(...shapes.map((shape) => shape.y))];
  const right = Math.max(...shapes.map((shape) => shape.x + shape.width));
  const bottom = Math.max(...shapes.map((shape) => shape.y + shape.height));
  return { x: x - room, y: y - room, width: right - x + 2 * room, height: bottom - y + 2 * room };
}

for (const file of process.argv.slice(2)) await layout(file);
