/** One of several cities, as its program is started. */
export interface City {
  /** Names its schema and its data folder. */
  readonly key: string;
  readonly name: string;
  /** Undefined: whatever name the request came by. */
  readonly host: string | undefined;
  /** Empty: the root. */
  readonly path: string;
  /** Of its program, whole. */
  readonly environment: NodeJS.ProcessEnv;
}
