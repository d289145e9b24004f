import type { Trail } from '../accountability/index.js';
import type { Clock, Vault } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import type { Database, Transaction } from '../platform/database/index.js';
import type { Channel, GivenPoint } from '../sheet/index.js';
import type { Received, SentFile } from './mapping.js';

export interface Accepted {
  readonly workOrder: string;
  /** For the caller's question how the matter stands. */
  readonly callerSecret: string;
}

/** What some sources say besides. */
export interface Located {
  /** Code of a leaf of the tree in force. */
  readonly class?: string;
  readonly point?: GivenPoint;
}

/** Which source a request came by; with a number of its own it wants the result back. */
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

/** What a mail may answer. */
interface MailThread {
  /** Numbers of our own messages that it names. */
  readonly messages: readonly number[];
  /** Of sheets, that it names otherwise. */
  readonly sheets: readonly string[];
}

/** For messages that bring more than words, or go on with a matter. */
export interface TakingDeps extends ChannelsDeps {
  /**
   * Adds a file to a sheet, as its caller's; one that is not taken is recorded there with the reason.
   *
   * @param isLast whether a failure of ours is a reason, too; otherwise it is thrown
   */
  readonly attach: (no: string, file: SentFile, isLast: boolean) => Promise<void>;
  /** Adds words of the caller to a sheet, once. @throws {Refusal} */
  readonly add: (transaction: Transaction, no: string, text: string) => Promise<void>;
  /** The first of the sheets that the sender is the caller of; otherwise the first that is there. */
  readonly threadOf: (
    transaction: Transaction,
    thread: MailThread,
    sender: string,
  ) => Promise<Thread | undefined>;
}

export interface Thread {
  readonly no: string;
  readonly isOpen: boolean;
  /** Whether the sender is its caller. */
  readonly isCallers: boolean;
}
