/**
 * Orthogonal routing of sequence flows: the cheapest path on a lattice of ten pixels around all shapes, with costs for
 * bends, crossings and running along another flow.
 */
import { Heap } from './heap.js';
import { centre, isSubProcess, type Box, type Flow, type Shape, type Side } from './shapes.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const step = 10;
const clearance = 10;
const price = { bend: 6, crossing: 9, along: 12, sharedPort: { 0: 30, 1: 10 }, opposedPort: 40, beside: 1.2 };
const directions: readonly { readonly side: Side; readonly x: number; readonly y: number }[] = [
  { side: 'right', x: 1, y: 0 },
  { side: 'bottom', x: 0, y: 1 },
  { side: 'left', x: -1, y: 0 },
  { side: 'top', x: 0, y: -1 },
];
/** Left to right is cheapest. */
const leaving: Record<Side, number> = { right: 0, bottom: 2, top: 2, left: 6 };
const entering: Record<Side, number> = { left: 0, bottom: 2, top: 2, right: 6 };

interface Port {
  readonly lattice: Point;
  readonly border: Point;
  readonly direction: number;
  readonly cost: number;
}

/** Flows at a lattice point, with direction (0 horizontal, 1 vertical). */
type Occupied = Map<string, { readonly flow: Flow; readonly axis: number }[]>;

const at = (x: number, y: number) => `${x},${y}`;

export function routeFlows(
  flows: readonly Flow[],
  shapes: ReadonlyMap<string, Shape>,
  boundsOf: (scope: string) => Box,
): Map<string, readonly Point[]> {
  const occupied: Occupied = new Map();
  const routes = new Map<string, readonly Point[]>();
  const distance = (flow: Flow) => {
    const [a, b] = [centre(shapeOf(shapes, flow.source)), centre(shapeOf(shapes, flow.target))];
    return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  };
  for (const flow of [...flows].sort((a, b) => distance(a) - distance(b))) {
    const obstacles = [...shapes.values()].filter((shape) => shape.node.scope === flow.scope);
    const path = cheapest(flow, shapes, obstacles, boundsOf(flow.scope), occupied);
    routes.set(flow.id, path);
    occupy(occupied, flow, path);
  }
  return routes;
}

function shapeOf(shapes: ReadonlyMap<string, Shape>, id: string): Shape {
  const shape = shapes.get(id);
  if (!shape) throw new Error(`没有 ${id} 的位置`);
  return shape;
}

function cheapest(
  flow: Flow,
  shapes: ReadonlyMap<string, Shape>,
  obstacles: readonly Shape[],
  bounds: Box,
  occupied: Occupied,
): readonly Point[] {
  const [source, target] = [shapeOf(shapes, flow.source), shapeOf(shapes, flow.target)];
  const y = centre(source).y;
  const straight = isSubProcess(target.node)
    ? y > target.y && y < target.y + target.height
    : Math.abs(y - centre(target).y) < 2 * step;
  // The right corner is for the straight continuation.
  const parting = source.node.type.endsWith('Gateway') && !straight ? { ...leaving, right: 12 } : leaving;
  const starts = portsOf(source, parting, 1);
  const goals = new Map(
    portsOf(target, entering, -1).map((port) => [at(port.lattice.x, port.lattice.y) + port.direction, port]),
  );
  const goalPoints = [...goals.values()].map((port) => port.lattice);
  const free = freedom(obstacles, bounds);
  const open = new Heap();
  const best = new Map<string, number>();
  const from = new Map<string, { key: string; point: Point } | { port: Port }>();
  const estimate = (x: number, y: number) =>
    Math.min(...goalPoints.map((goal) => (Math.abs(goal.x - x) + Math.abs(goal.y - y)) / step));
  const passable = (x: number, y: number, goal: boolean) => goal || free(x, y);

  for (const start of starts) {
    const port = { ...start, cost: start.cost + partingCost(start, flow, occupied) };
    const key = at(port.lattice.x, port.lattice.y) + '/' + port.direction;
    best.set(key, port.cost);
    from.set(key, { port });
    open.push({
      ...port.lattice,
      direction: port.direction,
      cost: port.cost,
      rank: port.cost + estimate(port.lattice.x, port.lattice.y),
    });
  }
  for (let state = open.pop(); state; state = open.pop()) {
    const key = at(state.x, state.y) + '/' + state.direction;
    if (state.cost > (best.get(key) ?? Infinity)) continue;
    const goal = goals.get(at(state.x, state.y) + state.direction);
    if (goal && state.settled) return waypoints(key, state, goal, from);
    if (goal && !state.settled) {
      const opposed = users(occupied, goal).some((other) => other.source === flow.target);
      open.push({
        ...state,
        settled: true,
        rank: state.cost + goal.cost + (opposed ? price.opposedPort : 0),
      });
    }
    for (const [direction, delta] of directions.entries()) {
      if ((direction + 2) % 4 === state.direction) continue;
      // A flow may turn only once it is clear of its shape.
      if ('port' in (from.get(key) ?? {}) && direction !== state.direction) continue;
      const [x, y] = [state.x + delta.x * step, state.y + delta.y * step];
      if (!passable(x, y, goals.has(at(x, y) + direction))) continue;
      const cost =
        state.cost +
        1 +
        (direction === state.direction ? 0 : price.bend) +
        traffic(occupied, flow, x, y, direction % 2);
      const next = at(x, y) + '/' + direction;
      if (cost >= (best.get(next) ?? Infinity)) continue;
      best.set(next, cost);
      from.set(next, { key, point: { x: state.x, y: state.y } });
      open.push({ x, y, direction, cost, rank: cost + estimate(x, y) });
    }
  }
  throw new Error(`${flow.id} 没有可走的路线`);
}

/** Outgoing flows of a gateway should use different corners, never one next to an incoming flow. */
function partingCost(port: Port, flow: Flow, occupied: Occupied): number {
  const others = users(occupied, port);
  const shared = others.some((other) => other.source === flow.source);
  const opposed = others.some((other) => other.target === flow.source);
  const axis = port.direction % 2 === 0 ? 0 : 1;
  return (shared ? price.sharedPort[axis] : 0) + (opposed ? price.opposedPort : 0);
}

const users = (occupied: Occupied, port: Port): readonly Flow[] =>
  (occupied.get(at(port.lattice.x, port.lattice.y)) ?? []).map(({ flow }) => flow);

function freedom(obstacles: readonly Shape[], bounds: Box): (x: number, y: number) => boolean {
  const blocked = (x: number, y: number) =>
    obstacles.some(
      (box) =>
        x > box.x - clearance &&
        x < box.x + box.width + clearance &&
        y > box.y - clearance &&
        y < box.y + box.height + clearance,
    );
  const known = new Map<string, boolean>();
  return (x, y) => {
    if (x <= bounds.x || x >= bounds.x + bounds.width || y <= bounds.y || y >= bounds.y + bounds.height)
      return false;
    const key = at(x, y);
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    known.set(key, !blocked(x, y));
    return !blocked(x, y);
  };
}

function traffic(occupied: Occupied, flow: Flow, x: number, y: number, axis: number): number {
  let cost = 0;
  for (const other of occupied.get(at(x, y)) ?? []) {
    const sibling = other.flow.source === flow.source;
    const merging = other.flow.target === flow.target;
    if (other.axis === axis) cost += merging || sibling ? 0 : price.along;
    else cost += merging || sibling ? 1 : price.crossing;
  }
  const sides = axis === 0 ? [at(x, y - step), at(x, y + step)] : [at(x - step, y), at(x + step, y)];
  for (const side of sides) {
    if (occupied.get(side)?.some((other) => other.axis === axis)) cost += price.beside;
  }
  return cost;
}

/** Where a flow may leave (`sign` 1) or enter (-1) a shape, and its direction there. */
function portsOf(shape: Shape, costs: Record<Side, number>, sign: 1 | -1): readonly Port[] {
  const middle = centre(shape);
  return directions.flatMap(({ side, x, y }, index) => {
    if (shape.edge !== undefined && side !== shape.edge) return [];
    const direction = sign === 1 ? index : (index + 2) % 4;
    const half = x === 0 ? shape.height / 2 : shape.width / 2;
    // Borders of sub-processes lie on the lattice, those of events and gateways do not.
    const out = isSubProcess(shape.node) ? half : Math.ceil(half / step) * step;
    const port = (along: number, cost: number): Port => {
      const base = { x: middle.x + (x === 0 ? along : 0), y: middle.y + (y === 0 ? along : 0) };
      return {
        lattice: { x: base.x + x * out, y: base.y + y * out },
        border: { x: base.x + x * half, y: base.y + y * half },
        direction,
        cost,
      };
    };
    if (!isSubProcess(shape.node)) return [port(0, costs[side])];
    // The middle of a sub-process may be off the lattice; ports must be on it.
    const shift = (x === 0 ? middle.x : middle.y) % step;
    const reach = (x === 0 ? shape.width : shape.height) / 2 - 30;
    const ports: Port[] = [];
    for (let along = -shift - Math.floor(reach / step) * step; along <= reach; along += step) {
      if (along >= -reach) ports.push(port(along, costs[side]));
    }
    return ports;
  });
}

function waypoints(
  key: string,
  end: Point,
  goal: Port,
  from: ReadonlyMap<string, { key: string; point: Point } | { port: Port }>,
): readonly Point[] {
  const points: Point[] = [goal.border, { x: end.x, y: end.y }];
  let before = from.get(key);
  while (before && 'key' in before) {
    points.push(before.point);
    before = from.get(before.key);
  }
  if (before) points.push(before.port.border);
  points.reverse();
  return points.filter((point, index) => {
    const [left, right] = [points[index - 1], points[index + 1]];
    if (!left || !right) return true;
    return !((left.x === point.x && point.x === right.x) || (left.y === point.y && point.y === right.y));
  });
}

function occupy(occupied: Occupied, flow: Flow, path: readonly Point[]): void {
  for (const { point, axis } of stepsOf(path)) {
    const key = at(point.x, point.y);
    occupied.set(key, [...(occupied.get(key) ?? []), { flow, axis }]);
  }
}

/** A path as lattice steps; axis 0 is horizontal, 1 vertical. */
function stepsOf(path: readonly Point[]): { readonly point: Point; readonly axis: 0 | 1 }[] {
  return path.slice(1).flatMap((next, index) => {
    const start = path[index] as Point;
    const length = Math.abs(next.x - start.x) + Math.abs(next.y - start.y);
    return Array.from({ length: Math.floor(length / step) + 1 }, (_, run) => ({
      point: {
        x: Math.round((start.x + Math.sign(next.x - start.x) * run * step) / step) * step,
        y: Math.round((start.y + Math.sign(next.y - start.y) * run * step) / step) * step,
      },
      axis: start.y === next.y ? (0 as const) : (1 as const),
    }));
  });
}

/** The part of a path after it separates from its siblings. */
export function ownPart(path: readonly Point[], siblings: readonly (readonly Point[])[]): readonly Point[] {
  const shared = new Set(siblings.flatMap(stepsOf).map(({ point }) => at(point.x, point.y)));
  const steps = stepsOf(path);
  let last = -1;
  while (
    last + 1 < steps.length &&
    shared.has(at(steps[last + 1]?.point.x ?? 0, steps[last + 1]?.point.y ?? 0))
  )
    last += 1;
  const parting = last > 1 ? steps[last] : undefined;
  if (!parting) return path;
  const corners = path.slice(1).filter((corner, index) => {
    const walked = stepsOf(path.slice(0, index + 2)).length;
    return walked > last + 1 && !(corner.x === parting.point.x && corner.y === parting.point.y);
  });
  return [parting.point, ...corners];
}
