/**
 * Coordinate systems used in China, and distances. Pure.
 *
 * CGCS2000 and WGS-84 differ by centimetres (both realise the ITRS; the ellipsoids differ by 0.1 mm in the semi-minor
 * axis), far below the accuracy of a pin: they count as equal. GCJ-02, the system of maps published in China, is shifted
 * by 100 to 700 m; the formulas are those that became public with the maps' own shift (the same in eviltransform,
 * coordtransform and gcoord), not the official ones, which are not.
 */
export type CoordinateSystem = 'WGS-84' | 'CGCS2000' | 'GCJ-02';

export interface LonLat {
  /** Degrees, east and north. */
  readonly longitude: number;
  readonly latitude: number;
}

export interface GivenPoint extends LonLat {
  readonly system: CoordinateSystem;
}

/** Krasovsky's ellipsoid, on which the shift is defined. */
const semiMajor = 6_378_245;
const eccentricitySquared = 0.006_693_421_622_965_943;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The short waves of both axes, in metres. */
const shared = (x: number): number =>
  (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3);
/** The longer waves along one axis, with the amplitudes of the two longest. */
const wave = (x: number, twelfth: number, thirtieth: number): number =>
  (20 * Math.sin(x * Math.PI) +
    40 * Math.sin((x / 3) * Math.PI) +
    twelfth * Math.sin((x / 12) * Math.PI) +
    thirtieth * Math.sin((x / 30) * Math.PI)) *
  (2 / 3);

/** Difference of GCJ-02 from WGS-84 at a WGS-84 position, in degrees. */
function shift({ longitude, latitude }: LonLat): LonLat {
  const x = longitude - 105;
  const y = latitude - 35;
  const root = Math.sqrt(Math.abs(x));
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + shared(x) + wave(y, 160, 320);
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + shared(x) + wave(x, 150, 300);
  const sine = Math.sin(radians(latitude));
  const magic = 1 - eccentricitySquared * sine * sine;
  const meridian = (semiMajor * (1 - eccentricitySquared)) / (magic * Math.sqrt(magic));
  const parallel = (semiMajor / Math.sqrt(magic)) * Math.cos(radians(latitude));
  return { longitude: (east * 180) / (parallel * Math.PI), latitude: (north * 180) / (meridian * Math.PI) };
}

export function gcj02OfWgs84(point: LonLat): LonLat {
  const by = shift(point);
  return { longitude: point.longitude + by.longitude, latitude: point.latitude + by.latitude };
}

/** The shift has no closed inverse; each round reduces the error about a thousandfold. */
export function wgs84OfGcj02(point: LonLat): LonLat {
  let guess = point;
  for (let round = 0; round < 5; round += 1) {
    const by = shift(guess);
    guess = { longitude: point.longitude - by.longitude, latitude: point.latitude - by.latitude };
  }
  return guess;
}

/** Rounds to 1e-7 degrees, a centimetre: more digits would suggest an accuracy that no pin has. */
export function toWgs84({ longitude, latitude, system }: GivenPoint): LonLat {
  const exact = system === 'GCJ-02' ? wgs84OfGcj02({ longitude, latitude }) : { longitude, latitude };
  return { longitude: rounded(exact.longitude), latitude: rounded(exact.latitude) };
}

const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Mean radius of the earth (IUGG), metres. */
const earthRadius = 6_371_008.8;

/** Great-circle distance in metres (haversine); within half a percent of the geodesic. */
export function metresBetween(one: LonLat, other: LonLat): number {
  const north = radians(other.latitude - one.latitude) / 2;
  const east = radians(other.longitude - one.longitude) / 2;
  const a =
    Math.sin(north) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(a)));
}

const isWithin = (longitude: number, latitude: number): boolean =>
  longitude >= 73.4 && longitude <= 135.1 && latitude >= 3.8 && latitude <= 53.6;

/** What is wrong with a point that cannot be in China, and what to write instead; undefined if it is valid. */
export function pointFault({ longitude, latitude }: LonLat): { what: string; remedy: string } | undefined {
  if (isWithin(longitude, latitude)) return undefined;
  const given = `经度 ${longitude}、纬度 ${latitude}`;
  return isWithin(latitude, longitude)
    ? {
        what: `${given}：经纬度写反了`,
        remedy: `对调：经度 ${latitude}、纬度 ${longitude}（我国经度约 73 至 135，纬度约 4 至 54）`,
      }
    : {
        what: `${given} 不在我国境内`,
        remedy: '核对小数点和位数，以十进制的度写：我国经度约 73 至 135，纬度约 4 至 54；在地图上点选也可以',
      };
}

/** Even-odd rule over all rings of an area, holes included. @param rings points as [longitude, latitude] */
export function isInside(
  { longitude, latitude }: LonLat,
  rings: readonly (readonly (readonly [number, number])[])[],
): boolean {
  let inside = false;
  for (const ring of rings) {
    let [x1, y1] = ring.at(-1) ?? [0, 0];
    for (const [x2, y2] of ring) {
      if (y1 > latitude !== y2 > latitude && longitude < ((x1 - x2) * (latitude - y2)) / (y1 - y2) + x2) {
        inside = !inside;
      }
      [x1, y1] = [x2, y2];
    }
  }
  return inside;
}
