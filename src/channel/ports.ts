import type { Trail } from '../accountability/index.js';
import type { Clock, Vault } from '../kernel/index.js';
import type { Database, Transaction } from '../persistence/index.js';
import type { Channel, GivenPoint } from '../sheet/index.js';
import type { Received } from './mapping.js';

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

export interface ChannelsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly trail: Trail;
  readonly vault: Vault;
  /** Opens a sheet. @throws {Refusal} */
  readonly accept: (
    transaction: Transaction,
    request: Received & Located & { readonly channel: Channel },
    actor: string,
  ) => Promise<Accepted>;
}
