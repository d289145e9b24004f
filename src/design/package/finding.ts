export interface PackageFinding {
  /** `error`: a city cannot run on the package; `warning`: somebody should look at it. */
  readonly severity: 'error' | 'warning';
  /** File relative to the package's folder, with the place in it. */
  readonly where: string;
  /** What found it, if the lint of the law did (`lint/`). */
  readonly rule?: string;
  readonly what: string;
  readonly fix: string;
}
