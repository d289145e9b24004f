/** Map of districts: a schematic grid, or loaded boundaries. */
import { z } from 'zod';
import { Refusal } from '../../kernel/index.js';
import { packageJson } from '../../kernel/package-content.js';
import type { Transaction } from '../../platform/database/index.js';
import { isInside, type LonLat } from '../index.js';
import { readBoundaries, type Boundary } from './store/boundary-store.js';

const gridSchema = z.array(
  z.strictObject({ name: z.string().min(1), column: z.int().min(0), row: z.int().min(0) }),
);

/** The grid of districts in the package. */
export const districtGrid = (): z.output<typeof gridSchema> =>
  gridSchema.parse(packageJson('regulation/districts.json'));

export async function districtMap(transaction: Transaction) {
  const boundaries = await readBoundaries(transaction);
  return { districts: districtGrid(), boundaries: boundaries.length > 0 ? boundaries : null };
}

/** The district whose boundary contains the point; empty if none does, null if no boundaries are loaded. */
export async function districtAt(transaction: Transaction, point: LonLat): Promise<string | null> {
  const boundaries = await readBoundaries(transaction);
  if (boundaries.length === 0) return null;
  return boundaries.find(({ rings }) => isInside(point, rings))?.name ?? '';
}

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const ring = z.array(position).min(4);
const geoJson = z.object({
  type: z.literal('FeatureCollection'),
  features: z
    .array(
      z.object({
        properties: z.object({ name: z.string().trim().min(1) }),
        geometry: z.discriminatedUnion('type', [
          z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
          z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
        ]),
      }),
    )
    .min(1)
    .max(200),
});

/** More than a screen can show. */
const mostPoints = 50_000;

/**
 * Boundaries from GeoJSON (RFC 7946): polygons with the district's `name`.
 *
 * @throws {Refusal} `file.unreadable` with the fault
 */
export function boundariesOf(text: string): Boundary[] {
  const wrong = (what: string, cause?: unknown) =>
    new Refusal('file.unreadable', `边界文件不能用：${what}`, {
      remedy:
        '写成 GeoJSON 的 FeatureCollection，每个区县一个 Polygon 或者 MultiPolygon,properties.name 是区县名',
      cause,
    });
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw wrong('不是 JSON', cause);
  }
  const read = geoJson.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw wrong(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`, read.error);
  }
  const boundaries = read.data.features.map(({ properties: { name }, geometry }) => ({
    name,
    rings: (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()).map((points) =>
      points.map(([longitude, latitude]): [number, number] => [longitude, latitude]),
    ),
  }));
  const twice = boundaries.find(
    ({ name }, index) => boundaries.findIndex((one) => one.name === name) < index,
  );
  if (twice) throw wrong(`“${twice.name}”有两处`);
  const points = boundaries.flatMap(({ rings }) => rings).reduce((sum, { length }) => sum + length, 0);
  if (points > mostPoints) throw wrong(`有 ${points} 个点，至多 ${mostPoints} 个，请先简化`);
  return boundaries;
}
