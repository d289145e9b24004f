/** Which city a request is for: by the host's name, by the first part of the path, or both. */
export interface GatewayCity {
  readonly key: string;
  readonly name: string;
  /** Undefined: any. */
  readonly host: string | undefined;
  /** Empty: all of the host. */
  readonly path: string;
  /** Where its program answers; undefined while it does not. */
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
