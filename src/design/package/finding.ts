export interface PackageFinding {
  /** `error`: a city cannot run on the package; `warning`: somebody should look at it. */
  readonly severity: 'error' | 'warning';
  /** File relative to the package's folder, with the place in it. */
  readonly where: string;
  readonly what: string;
  readonly fix: string;
}
