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
  /** Places outside that keep checkpoints, as now configured. @throws {Refusal} `usage.invalid` */
  readonly anchors: () => Promise<readonly Anchor[]>;
  readonly attachments: AttachmentKeeper;
  readonly calendar: CalendarKeeper;
  /** Of the regulation. */
  readonly catalogues: Catalogues;
  readonly changes: Changes;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly database: Database;
  readonly definitions: DefinitionStore;
  /** Of the callers' page. */
  readonly filing: FilingSettings;
  readonly executor: Executor;
  readonly handlers: Handlers;
  readonly governance: GovernancePorts;
  /** Where what was taken away of the trail lies until it expires. */
  readonly exportFiles: ExportFiles;
  readonly identity: Identity;
  /** The law over time. */
  readonly laws: Laws;
  readonly log: Log;
  /** Cases of which verification has found something. */
  readonly marked: Marked;
  readonly metrics: Metrics;
  /** When callers are told, and the shipped texts. */
  readonly occasions: Occasions;
  /** Who is told what. */
  readonly notificationRules: NotificationRules;
  readonly policies: PolicyKeeper;
  /** What the job queue is asked to do, and who does it. */
  readonly jobs: readonly Job[];
  /** How notifications leave the house. */
  readonly outgoing: OutgoingSettings;
  readonly sheets: Sheets;
  readonly subscriptions: Subscriptions;
  readonly suggester: Suggester;
  /** Of words in other languages, for suggestions. */
  readonly meaning: Meaning;
  readonly trail: Trail;
  /** Units accepted in forms. */
  readonly units: UnitRegister;
  /** Who signs the tree. */
  readonly signer: () => Promise<LogSigner>;
  /** Closes up what must not be readable in the database. */
  readonly vault: Vault;
}

/** What it needs, as it is served. */
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
