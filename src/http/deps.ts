import type { Anchor, LogSigner, Marked, Trail } from '../accountability/index.js';
import type { AttachmentKeeper } from '../sheet/attachment/index.js';
import type { CalendarKeeper } from '../calendar/index.js';
import type { FilingSettings, ExportFiles, UnitRegister } from '../cases/index.js';
import type { ClassTrees, Meaning, Suggester } from '../sheet/classification/index.js';
import type { ClockWatch, DefinitionStore, Executor } from '../engine/index.js';
import type { GovernancePorts } from '../design/governance/index.js';
import type { Handlers } from '../engine/index.js';
import type { Identity, Limits } from '../identity/index.js';
import type { Job } from '../platform/jobs/index.js';
import type { Clock, Log, Vault } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import type { Occasions } from '../channel/message/index.js';
import type { Changes } from '../engine/change-feed/index.js';
import type { NotificationRules, Subscriptions } from '../channel/notification/index.js';
import type { OutgoingSettings } from '../channel/outbox/index.js';
import type { Database } from '../platform/database/index.js';
import type { PolicyKeeper } from '../law/policy/index.js';
import type { Catalogues } from '../law/regulation/index.js';
import type { Sheets } from '../sheet/index.js';
import type { Metrics } from '../platform/telemetry/index.js';
import type { MapTiles } from './map-tiles.js';

/** Parts of the system that the HTTP interface works with. */
export interface HttpParts {
  /** The configured outside places that keep checkpoints. @throws {Refusal} `usage.invalid` */
  readonly anchors: () => Promise<readonly Anchor[]>;
  readonly attachments: AttachmentKeeper;
  readonly calendar: CalendarKeeper;
  /** Catalogues of the regulation. */
  readonly catalogues: Catalogues;
  readonly changes: Changes;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly database: Database;
  readonly definitions: DefinitionStore;
  /** Settings of the callers' page. */
  readonly filing: FilingSettings;
  readonly executor: Executor;
  readonly handlers: Handlers;
  readonly governance: GovernancePorts;
  /** Folder of trail exports until they expire. */
  readonly exportFiles: ExportFiles;
  readonly identity: Identity;
  /** The law over time. */
  readonly laws: Laws;
  readonly log: Log;
  /** Cases in which verification has found something. */
  readonly marked: Marked;
  readonly metrics: Metrics;
  /** Occasions for messages to callers, with the shipped texts. */
  readonly occasions: Occasions;
  /** Rules on who is notified of what. */
  readonly notificationRules: NotificationRules;
  readonly policies: PolicyKeeper;
  /** Jobs of the queue, with their implementations. */
  readonly jobs: readonly Job[];
  /** How notifications are sent out. */
  readonly outgoing: OutgoingSettings;
  readonly sheets: Sheets;
  readonly subscriptions: Subscriptions;
  readonly suggester: Suggester;
  /** Meaning of words in other languages, for suggestions. */
  readonly meaning: Meaning;
  readonly trail: Trail;
  /** Register of units that forms accept. */
  readonly units: UnitRegister;
  /** The signer of the tree. */
  readonly signer: () => Promise<LogSigner>;
  /** Encrypts what must not be readable in the database. */
  readonly vault: Vault;
}

/** Dependencies of the HTTP interface while it serves. */
export interface HttpDeps extends HttpParts {
  /** Shown by `/api/status` and the OpenAPI document; default: package.json. */
  readonly version?: string;
  /** Rate limits per person and address; default: `regulation/access.json`. */
  readonly requests?: Limits['requests'];
  /** Express's `trust proxy`; default: none. */
  readonly trustProxy?: string;
  /** Background of maps; default: none. */
  readonly mapTiles?: MapTiles;
}
