import type { Trail } from '../accountability/index.js';
import type { Clock, Vault } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import type { Database, Transaction } from '../platform/database/index.js';
import type { Channel, GivenPoint } from '../sheet/index.js';
import type { Received, SentFile } from './mapping.js';

export interface Accepted {
  readonly workOrder: string;
  /** The code with which the caller asks about the matter's state. */
  readonly callerSecret: string;
}

/** Class and place, which some sources state. */
export interface Located {
  /** Code of a leaf of the classification tree in force. */
  readonly class?: string;
  readonly point?: GivenPoint;
}

/** The source of a request. A source that gives its own number expects the result back. */
interface FromSource {
  readonly source: { readonly id: number; readonly name: string };
}

export interface ChannelsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
  readonly trail: Trail;
  readonly vault: Vault;
  /** Opens a sheet. @throws {Refusal} */
  readonly accept: (
    transaction: Transaction,
    request: Received & Located & FromSource & { readonly channel: Channel },
    actor: string,
  ) => Promise<Accepted>;
}

/** References in a mail to earlier messages. */
interface MailThread {
  /** Numbers of our own messages that the mail references. */
  readonly messages: readonly number[];
  /** Numbers of sheets that the mail mentions. */
  readonly sheets: readonly string[];
}

/** Dependencies for messages that bring files or continue an existing matter. */
export interface TakingDeps extends ChannelsDeps {
  /**
   * Adds a file to a sheet on the caller's behalf. A refused file is recorded on the sheet with the
   * reason.
   *
   * @param isLast true: a failure of ours is recorded as a reason, too; false: it is thrown
   */
  readonly attach: (no: string, file: SentFile, isLast: boolean) => Promise<void>;
  /** Adds words of the caller to a sheet, once. @throws {Refusal} */
  readonly add: (transaction: Transaction, no: string, text: string) => Promise<void>;
  /** The first of the sheets whose caller is the sender; otherwise the first that exists. */
  readonly threadOf: (
    transaction: Transaction,
    thread: MailThread,
    sender: string,
  ) => Promise<Thread | undefined>;
}

export interface Thread {
  readonly no: string;
  readonly isOpen: boolean;
  /** Whether the sender is the sheet's caller. */
  readonly isCallers: boolean;
}
