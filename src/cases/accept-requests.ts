/** Accepts requests: opens the sheet and starts the process `acceptance`, in one transaction. */
import type { Answer, Executor, RuntimeName, StartCase } from '../engine/index.js';
import type { JsonObject } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { Sheets, WorkOrder } from '../sheet/index.js';

/** The process that a request starts. */
export const acceptanceKey = 'acceptance';

export interface AcceptOptions {
  readonly runtime?: RuntimeName;
  readonly actor?: string;
  /** In addition to the sheet's: codes of its class. */
  readonly variables?: JsonObject;
}

/** One answer per request; for an existing number its case, unchanged. */
export async function acceptRequests(
  deps: { readonly executor: Executor; readonly sheets: Sheets },
  transaction: Transaction,
  requests: readonly WorkOrder[],
  options: AcceptOptions = {},
): Promise<readonly Answer[]> {
  const seals = deps.sheets.open(transaction, requests);
  return deps.executor.executeIn(
    transaction,
    requests.map((request) => ({
      ...acceptanceOf(request, options),
      sealed: seals.get(request.no) ?? [],
    })),
  );
}

/** What was left to call, write or go to. Replayed history has no callers. */
export const cannotBeReached = ({
  realm,
  callerContact,
  callerAddress,
}: Pick<WorkOrder, 'realm' | 'callerContact' | 'callerAddress'>): boolean =>
  realm === 'live' && callerContact === null && callerAddress === null;

/** Variables of acceptance: neither the caller nor the matter. */
export function acceptanceOf(request: WorkOrder, { variables, ...options }: AcceptOptions = {}): StartCase {
  return {
    kind: 'start',
    businessKey: request.no,
    process: acceptanceKey,
    realm: request.realm,
    at: request.receivedAt,
    variables: {
      channel: request.channel,
      kind: request.kind,
      wishesReply: request.replyWanted,
      confidential: request.confidential,
      ...(cannotBeReached(request) ? { noContact: true } : {}),
      ...variables,
    },
    ...options,
  };
}
