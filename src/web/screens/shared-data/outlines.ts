/** Districts as SVG paths in a 400 × 400 viewbox. */
import type { Output } from '../../api/client.js';

interface Outline {
  readonly name: string;
  readonly path: string;
  /** Position of the label. */
  readonly x: number;
  readonly y: number;
}

/** A sheet that may lie on the map. */
export interface Spot {
  readonly no: string;
  readonly title: string;
  readonly point: { readonly longitude: number; readonly latitude: number } | null;
}

interface Dot extends Omit<Spot, 'point'> {
  readonly x: number;
  readonly y: number;
}

/** Only for loaded boundaries: the schematic grid has no positions. Points outside the map appear only in the list. */
export function dotsOf({ boundaries }: Output<'readDistrictMap'>, spots: readonly Spot[]): readonly Dot[] {
  if (!boundaries) return [];
  const place = projection(boundaries);
  return spots.flatMap(({ no, title, point }) => {
    if (!point) return [];
    const [x, y] = place([point.longitude, point.latitude]);
    return x >= 0 && x <= field && y >= 0 && y <= field ? [{ no, title, x, y }] : [];
  });
}

const field = 400;

export function outlines({ districts, boundaries }: Output<'readDistrictMap'>): readonly Outline[] {
  return boundaries ? drawn(boundaries) : gridded(districts);
}

function gridded(districts: Output<'readDistrictMap'>['districts']): readonly Outline[] {
  const most = Math.max(...districts.flatMap(({ column, row }) => [column, row])) + 1;
  const side = field / most;
  const gap = 2;
  return districts.map(({ name, column, row }) => ({
    name,
    path: `M${column * side + gap} ${row * side + gap}h${side - 2 * gap}v${side - 2 * gap}h${2 * gap - side}z`,
    x: (column + 0.5) * side,
    y: (row + 0.5) * side - 4,
  }));
}

type Boundaries = NonNullable<Output<'readDistrictMap'>['boundaries']>;
type Position = readonly [number, number];

/** Plate carrée scaled by the cosine of the middle latitude; accurate enough for a city. */
function projection(boundaries: Boundaries): (position: Position) => Position {
  const points = boundaries.flatMap(({ rings }) => rings.flat());
  const [west, east] = extent(points.map(([longitude]) => longitude));
  const [south, north] = extent(points.map(([, latitude]) => latitude));
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (field - 4) / Math.max((east - west) * narrow, north - south, 1e-9);
  return ([longitude, latitude]) => [2 + (longitude - west) * narrow * scale, 2 + (north - latitude) * scale];
}

function drawn(boundaries: Boundaries): readonly Outline[] {
  const place = projection(boundaries);
  return boundaries.map(({ name, rings }) => {
    const placed = rings.map((ring) => ring.map(place));
    const [left, right] = extent(placed.flat().map(([x]) => x));
    const [top, bottom] = extent(placed.flat().map(([, y]) => y));
    const path = placed
      .map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}z`)
      .join('');
    return { name, path, x: (left + right) / 2, y: (top + bottom) / 2 };
  });
}

const extent = (values: readonly number[]): readonly [number, number] =>
  values.reduce<readonly [number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
