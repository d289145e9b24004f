/**
 * Redraws a process: `npx tsx tools/layout.ts processes/handling.bpmn …` reads the process and the
 * grid file `tools/layout/NAME.grid` (for diagrams of `packages/CITY`:
 * `tools/layout/CITY/NAME.grid`), routes the flows, places the labels and replaces the diagram part
 * of the file. A closed sub-process gets a diagram of its own; a fragment's is in the fragment's file.
 * The process itself stays unchanged, character by character.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseDiagram } from '../src/engine/model/index.js';
import { withFragments } from '../src/kernel/package-content.js';
import { interchange } from './layout/interchange.js';
import { placeLabels } from './layout/labels.js';
import { routeFlows } from './layout/route.js';
import {
  isFolded,
  placeShapes,
  readGrid,
  type Box,
  type Flow,
  type Grid,
  type Node,
  type Shape,
} from './layout/shapes.js';

interface Element {
  readonly $type: string;
  readonly id: string;
  readonly name?: string;
  readonly flowElements?: readonly Element[];
  readonly attachedToRef?: Element;
  readonly sourceRef?: Element;
  readonly targetRef?: Element;
  readonly rootElements?: readonly Element[];
  get(name: string): unknown;
}

async function layout(file: string): Promise<void> {
  const xml = readFileSync(file, 'utf8').replace(/ *<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n?/, '');
  const { root } = (await parseDiagram(unfitted(withFragments(xml, file, cityOf(file))))) as unknown as {
    readonly root: Element;
  };
  const process = root.rootElements?.find((element) => element.$type === 'bpmn:Process');
  if (!process) throw new Error(`${file} 里没有流程`);
  const grid = readGrid(readFileSync(gridOf(file), 'utf8'));
  const planes: Plane[] = [];
  collect(process, planeOf(process.id, planes), planes, grid);
  const known = new Set(planes.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const unknown = [...grid.keys()].filter((id) => !known.has(id));
  if (unknown.length > 0) throw new Error(`网格文件里多出 ${unknown.join('、')}`);
  const drawing = planes.map((plane) => drawn(plane, grid)).join('');
  writeFileSync(file, xml.replace('</bpmn:definitions>', `${drawing}</bpmn:definitions>`));
}

/** A base's diagram without what is filled in from the law (`src/kernel/diagram-fit.ts`). */
const unfitted = (xml: string): string =>
  xml
    .replaceAll(/<duty:(?:norm|option) of="[^>]*\/>|<\/?duty:(?:param|slot)\b[^>]*>/g, '')
    .replaceAll(/ duty:when="[^"]*"/g, '');

/** Of the diagrams of `packages/CITY`: `tools/layout/CITY/NAME.grid`. */
function gridOf(file: string): string {
  const [, city = '.'] = /packages\/([^/]+)\//.exec(resolve(file).replaceAll('\\', '/')) ?? [];
  return join(import.meta.dirname, 'layout', city, `${basename(file, '.bpmn')}.grid`);
}

/** The package of the diagram: the folder above `processes`. */
const cityOf = (file: string): string => resolve(file).replace(/[\\/]processes[\\/].*$/, '');

/** Content of one page: the process, or a closed sub-process. */
interface Plane {
  readonly id: string;
  readonly nodes: Node[];
  readonly flows: Flow[];
}

function planeOf(id: string, planes: Plane[]): Plane {
  const plane: Plane = { id, nodes: [], flows: [] };
  planes.push(plane);
  return plane;
}

function drawn({ id, nodes, flows }: Plane, grid: Grid): string {
  const shapes = placeShapes(grid, nodes);
  const routes = routeFlows(flows, shapes, (scope) => shapes.get(scope) ?? around([...shapes.values()]));
  return interchange(id, shapes, flows, routes, placeLabels(shapes, flows, routes));
}

function collect(scope: Element, plane: Plane, planes: Plane[], grid: Grid): void {
  for (const element of scope.flowElements ?? []) {
    const name = element.name ?? '';
    if (element.sourceRef && element.targetRef) {
      const { id: source } = element.sourceRef;
      plane.flows.push({ id: element.id, name, scope: scope.id, source, target: element.targetRef.id });
      continue;
    }
    const host = element.attachedToRef && { host: element.attachedToRef.id };
    const isFragment = element.get('duty:fragment') !== undefined;
    const folded = (isFragment || isFolded(grid, element.id)) && { isFolded: true };
    plane.nodes.push({ id: element.id, type: element.$type, name, scope: scope.id, ...host, ...folded });
    if (!isFragment) collect(element, folded ? planeOf(element.id, planes) : plane, planes, grid);
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
