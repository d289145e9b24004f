import type { Anchor, LogSigner, Marked } from '../accountability/index.js';
import type { ExportFiles, Parts } from '../cases/index.js';
import type { ClockWatch } from '../engine/index.js';
import type { GovernancePorts } from '../design/governance/index.js';
import type { Identity, Limits } from '../identity/index.js';
import type { Job } from '../platform/jobs/index.js';
import type { Changes } from '../engine/change-feed/index.js';
import type { Subscriptions } from '../channel/notification/index.js';
import type { OutgoingSettings } from '../channel/outbox/index.js';
import type { Metrics } from '../platform/telemetry/index.js';
import type { MapTiles } from './map-tiles.js';

/** Parts of the system that the HTTP interface works with. */
export interface HttpParts extends Omit<Parts, 'reader' | 'signer'> {
  /** The configured outside places that keep checkpoints. @throws {Refusal} `usage.invalid` */
  readonly anchors: () => Promise<readonly Anchor[]>;
  readonly changes: Changes;
  readonly clockWatch: ClockWatch;
  readonly governance: GovernancePorts;
  /** Folder of trail exports until they expire. */
  readonly exportFiles: ExportFiles;
  readonly identity: Identity;
  /** Cases in which verification has found something. */
  readonly marked: Marked;
  readonly metrics: Metrics;
  /** Jobs of the queue, with their implementations. */
  readonly jobs: readonly Job[];
  /** How notifications are sent out. */
  readonly outgoing: OutgoingSettings;
  readonly subscriptions: Subscriptions;
  /** The signer of the tree. */
  readonly signer: () => Promise<LogSigner>;
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
