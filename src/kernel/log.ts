/** The program's log for operators. Never personal data. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  /** Ordinary events, such as an answered request. */
  info(text: string, facts?: LogFacts): void;
  /** Needs attention; the program continues. */
  warn(text: string, facts?: LogFacts): void;
  /** Unexpected. Logs the error's kind and place, never the values in it. */
  error(text: string, error: unknown, facts?: LogFacts): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
