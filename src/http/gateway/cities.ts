/** Determines the city of a request: by host name, by the first part of the path, or both. */
import type { City } from '../../platform/cities/index.js';

export interface GatewayCity extends Omit<City, 'environment'> {
  /** URL of the city's program; undefined while it does not answer. */
  target(): string | undefined;
}

export function cityAt<Found extends GatewayCity>(
  cities: readonly Found[],
  host: string,
  path: string,
): Found | undefined {
  const there = cities.filter(
    (city) =>
      (city.host === undefined || city.host === host) &&
      (path === city.path || path.startsWith(`${city.path}/`)),
  );
  return there.find((city) => city.host !== undefined) ?? there[0];
}
