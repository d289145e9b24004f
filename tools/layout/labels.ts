/** Places the labels of events, gateways and flows where they cover least. */
import { centre, isContainer, overlaps, type Box, type Flow, type Shape } from './shapes.js';
import { ownPart, type Point } from './route.js';

const character = 11;
const line = 14;
const widest = 90;

/** A label of up to three lines; Chinese characters are square, the others about half as wide. */
function labelSize(text: string, limit = widest): { readonly width: number; readonly height: number } {
  const length = [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 256 ? 0.6 : 1), 0) * character;
  const lines = Math.max(1, Math.ceil(length / (limit - 4)));
  return { width: lines > 1 ? limit : Math.ceil(length) + 4, height: lines * line };
}

export function placeLabels(
  shapes: ReadonlyMap<string, Shape>,
  flows: readonly Flow[],
  routes: ReadonlyMap<string, readonly Point[]>,
): Map<string, Box> {
  const labels = new Map<string, Box>();
  const segments = [...routes.values()].flatMap((path) =>
    path.slice(1).map((point, index) => segment(path[index] as Point, point)),
  );
  const solid = [...shapes.values()].filter((shape) => !isContainer(shape.node));
  const frames = [...shapes.values()].filter((shape) => isContainer(shape.node)).flatMap(frame);
  const badness = (id: string, box: Box, index: number) =>
    index * 0.4 +
    solid.filter((other) => other.node.id !== id && overlaps(box, other, 1)).length * 50 +
    [...labels.values()].filter((other) => overlaps(box, other, 2)).length * 40 +
    frames.filter((other) => overlaps(box, other, 2)).length * 12 +
    segments.filter((other) => overlaps(box, other, 2)).length * 10;
  const choose = (id: string, candidates: readonly Box[]) => {
    const ranked = candidates.map((box, index) => ({ box, bad: badness(id, box, index) }));
    ranked.sort((a, b) => a.bad - b.bad);
    if (ranked[0]) labels.set(id, ranked[0].box);
  };
  for (const shape of solid) {
    if (shape.node.name && /(Event|Gateway)$/.test(shape.node.type)) choose(shape.node.id, around(shape));
  }
  for (const flow of flows) {
    if (!flow.name) continue;
    const siblings = flows.filter((other) => other.source === flow.source && other.id !== flow.id);
    const own = ownPart(
      routes.get(flow.id) ?? [],
      siblings.map((other) => routes.get(other.id) ?? []),
    );
    choose(flow.id, along(own, flow.name));
  }
  return labels;
}

function segment(a: Point, b: Point): Box {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function frame(box: Box): Box[] {
  const { x, y, width, height } = box;
  return [
    { x, y, width, height: 0 },
    { x, y: y + height, width, height: 0 },
    { x, y, width: 0, height },
    { x: x + width, y, width: 0, height },
  ];
}

function around(shape: Shape): Box[] {
  const { x, y } = centre(shape);
  const [halfWidth, halfHeight] = [shape.width / 2, shape.height / 2];
  return [widest, 60].flatMap((limit) => {
    const { width, height } = labelSize(shape.node.name, limit);
    const below = { x: x - width / 2, y: y + halfHeight + 4, width, height };
    const above = { x: x - width / 2, y: y - halfHeight - 4 - height, width, height };
    // Beside a vertical flow that leaves the middle of the edge.
    const aside = shape.node.type.endsWith('Gateway') ? 0.55 : 1;
    const low = y + halfHeight * aside + 2;
    const high = y - halfHeight * aside - 2 - height;
    const out = aside < 1 ? halfWidth * 0.5 : 5;
    const rightBelow = { x: x + out, y: low, width, height };
    const leftBelow = { x: x - out - width, y: low, width, height };
    const rightAbove = { x: x + out, y: high, width, height };
    const leftAbove = { x: x - out - width, y: high, width, height };
    const middle = y - height / 2;
    const right = { x: x + halfWidth + 4, y: middle, width, height };
    const left = { x: x - halfWidth - 4 - width, y: middle, width, height };
    return shape.edge === 'top'
      ? [rightAbove, leftAbove, leftBelow, rightBelow, above, right, left]
      : shape.edge
        ? [leftBelow, rightBelow, below, left, right]
        : shape.node.type.endsWith('Gateway')
          ? [above, below, leftAbove, leftBelow, rightBelow, rightAbove]
          : [below, above, rightBelow, leftBelow, right, left];
  });
}

/** Candidates beside the first segments of a flow, where readers look for the condition. */
function along(path: readonly Point[], text: string): Box[] {
  const { width, height } = labelSize(text);
  return path.slice(1, 4).flatMap((end, index) => {
    const start = path[index] as Point;
    if (start.y === end.y) {
      const sign = Math.sign(end.x - start.x);
      return [4, 14, 34].flatMap((gap) => {
        const x = sign > 0 ? start.x + gap : start.x - gap - width;
        return [
          { x, y: start.y - height - 2, width, height },
          { x, y: start.y + 2, width, height },
        ];
      });
    }
    const sign = Math.sign(end.y - start.y);
    return [4, 16, 36].flatMap((gap) => {
      const y = sign > 0 ? start.y + gap : start.y - gap - height;
      return [
        { x: start.x + 4, y, width, height },
        { x: start.x - width - 4, y, width, height },
      ];
    });
  });
}
