/** Positions of a diagram's elements, from the grid file. */

/** Pixels per column and row. */
const column = 140;
const row = 110;

export interface Node {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** Id of the containing sub-process or process. */
  readonly scope: string;
  /** Boundary events: the activity they are attached to. */
  readonly host?: string;
  /** True for a sub-process drawn closed: its content has a plane of its own. */
  readonly isFolded?: boolean;
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly source: string;
  readonly target: string;
}

export type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Shape extends Box {
  readonly node: Node;
  /** Boundary events: the edge of the host. */
  readonly edge?: Side;
}

const snap = (value: number) => Math.round(value / 10) * 10;

export type Grid = ReadonlyMap<string, readonly string[]>;

/**
 * Lines of a grid file: `Element column row` for the centre of an element, `SubProcess left top right bottom`
 * for an expanded sub-process, `folded` behind it for a closed one, `BoundaryEvent column top|bottom` for one on its
 * host's edge. Fractions are allowed; coordinates are those of the plane.
 */
export function readGrid(grid: string): Grid {
  const lines = new Map<string, string[]>();
  for (const line of grid.split('\n')) {
    const [id, ...rest] = line.trim().split(/\s+/);
    if (id) lines.set(id, rest);
  }
  return lines;
}

export const isFolded = (grid: Grid, id: string): boolean => grid.get(id)?.at(-1) === 'folded';

export function placeShapes(grid: Grid, nodes: readonly Node[]): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  const hostsFirst = [...nodes].sort((a, b) => Number(a.host !== undefined) - Number(b.host !== undefined));
  for (const node of hostsFirst) {
    const place = grid.get(node.id);
    if (!place) throw new Error(`网格文件里没有 ${node.id}`);
    shapes.set(node.id, shapeAt(node, place, shapes));
  }
  return shapes;
}

function shapeAt(node: Node, place: readonly string[], shapes: ReadonlyMap<string, Shape>): Shape {
  const [first = '0', second = '0', third, fourth] = place;
  if (third !== undefined && fourth !== undefined) {
    const [x, y] = [snap(Number(first) * column), snap(Number(second) * row)];
    return { node, x, y, width: snap(Number(third) * column) - x, height: snap(Number(fourth) * row) - y };
  }
  const { width, height } = sizeOf(node.type);
  const x = snap(Number(first) * column) - width / 2;
  if (node.host === undefined) return { node, x, y: snap(Number(second) * row) - height / 2, width, height };
  const host = shapes.get(node.host);
  if (!host) throw new Error(`${node.id} 所在的 ${node.host} 没有位置`);
  const edge: Side = second === 'top' ? 'top' : 'bottom';
  const y = (edge === 'top' ? host.y : host.y + host.height) - height / 2;
  return { node, x, y, width, height, edge };
}

function sizeOf(type: string): { readonly width: number; readonly height: number } {
  if (type.endsWith('Gateway')) return { width: 50, height: 50 };
  if (type.endsWith('Event')) return { width: 36, height: 36 };
  return { width: 100, height: 80 };
}

export const isSubProcess = ({ type }: Node): boolean => type === 'bpmn:SubProcess';

export const isContainer = (node: Node): boolean => isSubProcess(node) && node.isFolded !== true;

export function centre(box: Box): { readonly x: number; readonly y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export function overlaps(a: Box, b: Box, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}
