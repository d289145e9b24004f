/** A request comes in (Arts 21–22): its sheet is opened and the acceptance process starts, in one transaction. */
import type { Answer, Executor, RuntimeName, StartCase } from '../engine/index.js';
import type { JsonObject } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';
import type { Sheets, WorkOrder } from '../sheet/index.js';

export interface AcceptOptions {
  readonly runtime?: RuntimeName;
  readonly actor?: string;
  /** Besides what the sheet says: the codes of its kind. */
  readonly variables?: JsonObject;
}

/** One answer a request; a number that exists already is answered with its case and changes nothing. */
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

/** What acceptance is told of a sheet: neither who called nor what about. */
export function acceptanceOf(request: WorkOrder, { variables, ...options }: AcceptOptions = {}): StartCase {
  return {
    kind: 'start',
    businessKey: request.no,
    process: 'acceptance',
    realm: request.realm,
    at: request.receivedAt,
    variables: {
      channel: request.channel,
      kind: request.kind,
      wishesReply: request.replyWanted,
      confidential: request.confidential,
      ...variables,
    },
    ...options,
  };
}
