/** What the program hands to this room. */
import type { Clock, Vault } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import type { Database } from '../platform/database/index.js';
import type { AccountJournal } from './journal.js';
import type { AccessRules } from './rules.js';

interface Parts {
  readonly clock: Clock;
  readonly database: Database;
  readonly journal: AccountJournal;
  readonly laws: Laws;
  readonly rules: AccessRules;
  readonly vault: Vault;
}

/** Those that a part of the room uses. */
export type Using<Name extends keyof Parts> = Pick<Parts, Name>;
