/** What the program hands to those who work on cases. */
import type { LogSigner, Trail } from '../accountability/index.js';
import type { CalendarKeeper } from '../calendar/index.js';
import type { NotificationRules } from '../channel/notification/index.js';
import type { Occasions } from '../channel/message/index.js';
import type { DefinitionStore, Executor, Handlers } from '../engine/index.js';
import type { Clock, Log, Vault } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import type { PolicyKeeper } from '../law/policy/index.js';
import type { Catalogues } from '../law/regulation/index.js';
import type { Database } from '../platform/database/index.js';
import type { AttachmentKeeper } from '../sheet/attachment/index.js';
import type { ClassTrees, Meaning, Suggester } from '../sheet/classification/index.js';
import type { Sheets } from '../sheet/index.js';
import type { FilingSettings } from './caller/filing-settings.js';
import type { DefinitionReader } from './definition-reader.js';
import type { UnitRegister } from './units.js';

export interface Parts {
  readonly attachments: AttachmentKeeper;
  readonly calendar: CalendarKeeper;
  readonly catalogues: Catalogues;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly database: Database;
  readonly definitions: DefinitionStore;
  readonly executor: Executor;
  /** Settings of the callers' page. */
  readonly filing: FilingSettings;
  readonly handlers: Handlers;
  /** The law over time. */
  readonly laws: Laws;
  readonly log: Log;
  /** Meaning of words in other languages, for suggestions. */
  readonly meaning: Meaning;
  /** Rules on who is notified of what. */
  readonly notificationRules: NotificationRules;
  /** Occasions for messages to callers, with the shipped texts. */
  readonly occasions: Occasions;
  readonly policies: PolicyKeeper;
  readonly reader: DefinitionReader;
  readonly sheets: Sheets;
  readonly signer: LogSigner;
  readonly suggester: Suggester;
  readonly trail: Trail;
  /** Register of units that forms accept. */
  readonly units: UnitRegister;
  /** Encrypts what must not be readable in the database. */
  readonly vault: Vault;
}

/** The parts that an act uses. */
export type Using<Name extends keyof Parts> = Pick<Parts, Name>;
