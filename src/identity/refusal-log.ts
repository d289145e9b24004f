/** What somebody was not let do, as entries of the trail `refusals`. */
import type { Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import type { AccountJournal } from './journal.js';
import { record } from './record.js';

interface Refused {
  /** Undefined without a session. */
  readonly actor: string | undefined;
  readonly address: string;
  readonly operation: string;
  /** What it was about: a number, a task; empty where it is about nothing in particular. */
  readonly of: string;
  readonly code: string;
}

export interface RefusalLog {
  add(refused: Refused): Promise<void>;
}

export const createRefusalLog = (deps: {
  readonly clock: Clock;
  readonly database: Database;
  readonly journal: AccountJournal;
}): RefusalLog => ({
  add: ({ actor, ...body }) =>
    deps.database.transaction((transaction) =>
      record(deps, transaction, 'refusals', 'access.refused', {
        ...body,
        ...(actor === undefined ? {} : { actor }),
      }),
    ),
});
