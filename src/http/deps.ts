import type { LogSigner, Trail } from '../accountability/index.js';
import type { CalendarKeeper } from '../calendar/index.js';
import type { ExportFiles, UnitRegister } from '../casework/index.js';
import type { ClassTrees, Suggester } from '../classification/index.js';
import type { ClockWatch, DefinitionStore, Executor } from '../engine/index.js';
import type { GovernancePorts } from '../governance/index.js';
import type { Handlers } from '../engine/index.js';
import type { Identity, Limits } from '../identity/index.js';
import type { Job } from '../jobs/index.js';
import type { Clock, Log, Vault } from '../kernel/index.js';
import type { Changes } from '../live/index.js';
import type { NotificationRules, OutgoingSettings, Subscriptions } from '../notification/index.js';
import type { Database } from '../persistence/index.js';
import type { PolicyKeeper } from '../policy/index.js';
import type { Catalogues } from '../regulation/index.js';
import type { Sheets } from '../sheet/index.js';
import type { Metrics } from '../telemetry/index.js';

/** The parts of the system that the interface serves. */
export interface HttpDeps {
  readonly calendar: CalendarKeeper;
  /** Of the regulation. */
  readonly catalogues: Catalogues;
  readonly changes: Changes;
  readonly classTrees: ClassTrees;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly database: Database;
  readonly definitions: DefinitionStore;
  readonly executor: Executor;
  readonly handlers: Handlers;
  /** What is asked of others about a draft. */
  readonly governance: GovernancePorts;
  readonly exportFiles: ExportFiles;
  readonly identity: Identity;
  /** Told of every answer, and of errors that nobody expected. */
  readonly log: Log;
  readonly metrics: Metrics;
  readonly notificationRules: NotificationRules;
  readonly policies: PolicyKeeper;
  readonly jobs: readonly Job[];
  readonly outgoing: OutgoingSettings;
  readonly sheets: Sheets;
  readonly subscriptions: Subscriptions;
  readonly suggester: Suggester;
  readonly trail: Trail;
  /** The units whose names a form takes. */
  readonly units: UnitRegister;
  /** Who signs the tree. */
  readonly signer: () => Promise<LogSigner>;
  readonly vault: Vault;
  /** Shown in `/api/status` and the document; without it that of package.json. */
  readonly version?: string;
  /** How many requests a person or an address may make; without it what `regulation/access.json` says. */
  readonly requests?: Limits['requests'];
  /** Proxies before the program, as express's `trust proxy` takes them; without it none. */
  readonly trustProxy?: string;
}
