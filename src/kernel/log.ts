/** What the program says of itself while it runs, for operators. Nothing of it may be personal data. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  /** Ordinary events, such as an answered request. */
  info(text: string, facts?: LogFacts): void;
  /** Something to look after; the program goes on by itself. */
  warn(text: string, facts?: LogFacts): void;
  /** Something that nobody expected. Of the error the log tells its kind and place, never the values in it. */
  error(text: string, error: unknown, facts?: LogFacts): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
