/** Determines the city of a request: by host name, by the first part of the path, or both. */
export interface GatewayCity {
  readonly key: string;
  readonly name: string;
  /** Undefined means any host. */
  readonly host: string | undefined;
  /** Empty means the whole host. */
  readonly path: string;
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
