/** One of several cities, as its program is started. */
export interface City {
  /** Names its schema and its data folder. */
  readonly key: string;
  readonly name: string;
  /** Undefined: any host name. */
  readonly host: string | undefined;
  /** Empty for the root path. */
  readonly path: string;
  /** The complete environment of its program. */
  readonly environment: NodeJS.ProcessEnv;
}
