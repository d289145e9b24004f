/** Records refused acts as entries of the trail `refusals`: one per minute for each actor and code. */
import type { Database } from '../platform/database/index.js';
import type { CountedEntries } from './counted-entries.js';

interface Refused {
  /** Undefined without a session. */
  readonly actor: string | undefined;
  readonly address: string;
  readonly operation: string;
  /** The subject, for example a case number or a task; empty if there is none. */
  readonly of: string;
  readonly code: string;
}

export interface RefusalLog {
  add(refused: Refused): Promise<void>;
}

export const createRefusalLog = (deps: {
  readonly counted: CountedEntries;
  readonly database: Database;
}): RefusalLog => ({
  add: ({ actor, code, ...detail }) =>
    deps.database.transaction((transaction) =>
      deps.counted.add(transaction, {
        stream: 'refusals',
        type: 'access.refused',
        alike: { code, ...(actor === undefined ? {} : { actor }) },
        detail,
      }),
    ),
});
