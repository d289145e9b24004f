/**
 * Accepts a request from any channel in one transaction: place, number, sheet, suggested answers,
 * case and the caller's secret. Differences between channels are arguments.
 */
import { titleOf } from '../channel/index.js';
import type { Answer, StartCase } from '../engine/index.js';
import type { Identity } from '../identity/index.js';
import { civilDateOf } from '../kernel/civil-date.js';
import type { JsonObject } from '../kernel/index.js';
import { answersOfSheet } from '../kernel/program-fields.js';
import type { Transaction } from '../platform/database/index.js';
import { districtAt } from '../sheet/districts/index.js';
import { checkedPlace, keepKey, workOrderOfKey, type GivenPlace, type WorkOrder } from '../sheet/index.js';
import { answerAtOnce, type AtOnce } from './intake/answer-at-once.js';
import { classVariables, findClass, recordClass, type ClassifyDeps } from './intake/classify-sheet.js';
import { markEmergency, type EmergencyDeps } from './intake/emergencies.js';
import { assertCallIsNew, linkCall } from './intake/link-call.js';
import { acceptanceKey } from './intake/proposal.js';
import { proposedAtReceipt, type SuggestDeps } from './intake/suggest.js';
import { recusePersons } from './personal-data/recuse.js';
import { unknownCase } from './read-case.js';
import type { TaskDeps } from './tasks.js';
import { linkUpstream, type FromUpstream } from './upstream/link-upstream.js';
import type { Using } from './parts.js';

export interface AcceptDeps
  extends TaskDeps, ClassifyDeps, EmergencyDeps, SuggestDeps, Using<'sheets' | 'vault'> {
  readonly identity: EmergencyDeps['identity'] & Pick<Identity, 'callers' | 'recusals'>;
}

type Said = 'title' | 'callerName' | 'callerContact' | 'callerAddress' | 'district';
/** Fields that acceptance itself sets. */
type Made = 'no' | 'realm' | 'externalNo' | 'place' | 'receivedAt';

export type Matter = Omit<WorkOrder, Said | Made> & {
  readonly [field in Said]?: string | null | undefined;
} & {
  readonly place?: GivenPlace | null | undefined;
  /** Code of a leaf of the classification tree in force. */
  readonly class?: string | undefined;
};

export interface WayIn {
  /** Actor of the entries. */
  readonly actor: string;
  /** Answers given together with the request; without it the request waits to be registered. */
  readonly atOnce?: AtOnce;
  /** Persons complained of. */
  readonly accused?: readonly string[];
  /** Id of the telephone call. */
  readonly call?: string | undefined;
  readonly upstream?: FromUpstream | undefined;
  /** The idempotency key under which the secret is issued. */
  readonly secretKey?: string;
}

/**
 * @returns the number, and the secret for the caller
 * @throws {Refusal} `input.invalid` for an impossible place; `classification.unknown`,
 * `call.accepted`, `upstream.accepted`, `source.not-found`; refusals of answering
 */
export async function accept(
  deps: AcceptDeps,
  transaction: Transaction,
  matter: Matter,
  way: WayIn,
): Promise<{ readonly no: string; readonly callerSecret: string }> {
  const { actor, call, upstream, accused = [], atOnce } = way;
  const { callers, recusals } = deps.identity;
  if (call !== undefined) await assertCallIsNew(deps, transaction, call);
  const sheet = await sheetFor(deps, transaction, matter, way);
  const { no, receivedAt: at } = sheet;
  const known = matter.class === undefined ? undefined : await findClass(deps, transaction, matter.class);
  const isAnswered = Object.keys(atOnce?.answers ?? {}).length > 0;
  const proposed = isAnswered ? null : await proposedAtReceipt(deps, transaction, sheet, known?.placed);
  const [opened] = await openCases(deps, transaction, [sheet], {
    actor,
    variables: { ...(known ? classVariables(known.placed) : {}), ...(proposed ? { proposed } : {}) },
  });
  if (!opened?.file) throw unknownCase(no, deps.laws.today());
  if (known) await recordClass(deps, transaction, opened.file, known, { at, by: actor });
  // Its limit governs the dispatch.
  if (upstream) await linkUpstream(deps, transaction, { ...upstream, no, actor });
  if (atOnce) await answerAtOnce(deps, transaction, sheet, atOnce);
  await markEmergency(deps, transaction, sheet, actor);
  if (accused.length > 0) {
    const recuse = recusals.addIn.bind(recusals);
    await recusePersons({ ...deps, recuse }, transaction, no, accused, actor);
  }
  if (call !== undefined) await linkCall(deps, transaction, { no, call, actor });
  return { no, callerSecret: await callers.issueIn(transaction, no, way.secretKey) };
}

interface Once {
  /** The idempotency key; without one, each request is new. */
  readonly key: string | undefined;
  /** Content that distinguishes two requests with the same key. */
  readonly request: object;
  /** Called before a new request is accepted. */
  readonly admit?: () => Promise<void>;
}

/**
 * Accepts a matter once per key; a repeated request returns the existing sheet.
 *
 * @returns no secret for a sheet accepted before, unless the secret is stored under the key
 * @throws {Refusal} `idempotency.mismatch`; those of `accept`
 */
export async function acceptOnce(
  deps: AcceptDeps,
  transaction: Transaction,
  { key, request, admit }: Once,
  matter: Matter,
  way: WayIn,
): Promise<{ readonly no: string; readonly callerSecret: string | null; readonly isNew: boolean }> {
  const { callers } = deps.identity;
  const no = key === undefined ? undefined : await workOrderOfKey(transaction, deps.vault, key, request);
  if (no !== undefined) {
    const { secretKey } = way;
    const callerSecret = secretKey === undefined ? null : await callers.issuedIn(transaction, no, secretKey);
    return { no, callerSecret, isNew: false };
  }
  await admit?.();
  const accepted = await accept(deps, transaction, matter, way);
  if (key !== undefined) await keepKey(transaction, deps.vault, key, request, accepted.no);
  return { ...accepted, isNew: true };
}

async function sheetFor(
  { clock, laws, sheets }: AcceptDeps,
  transaction: Transaction,
  { class: _class, title, district, place: where, ...said }: Matter,
  { atOnce, upstream }: WayIn,
): Promise<WorkOrder> {
  const receivedAt = clock.now();
  const { callerName = null, callerContact = null, callerAddress = null } = said;
  const confidential = said.confidential || atOnce?.answers['confidential'] === true;
  const within = (point: Parameters<typeof districtAt>[1]) => districtAt(transaction, point);
  const place = await checkedPlace(where, { callerAddress, confidential }, within, laws.today());
  const [no = ''] = await sheets.nextNumbers(transaction, civilDateOf(receivedAt), 1);
  return {
    ...{ ...said, callerName, callerContact, callerAddress, no, realm: 'live', place, receivedAt },
    externalNo: upstream?.number ?? null,
    title: title ?? titleOf(said.content),
    // If nobody stated the district, the boundaries determine it.
    district: district ?? (place?.within || null),
  };
}

interface OpenOptions {
  readonly actor?: string;
  /** Process variables in addition to those from the sheet. */
  readonly variables?: JsonObject;
}

/**
 * Starts the process `acceptance` for numbered sheets. Returns one answer per sheet; a case that
 * existed already is returned unchanged.
 */
export async function openCases(
  deps: Using<'executor' | 'sheets'>,
  transaction: Transaction,
  sheets: readonly WorkOrder[],
  options: OpenOptions = {},
): Promise<readonly Answer[]> {
  const seals = deps.sheets.open(transaction, sheets);
  return deps.executor.executeIn(
    transaction,
    sheets.map((sheet) => ({ ...acceptanceOf(sheet, options), sealed: seals.get(sheet.no) ?? [] })),
  );
}

/** True if the sheet has no number, address or other way to reach the caller. Replayed history has no callers. */
export const cannotBeReached = ({
  realm,
  callerContact,
  callerAddress,
}: Pick<WorkOrder, 'realm' | 'callerContact' | 'callerAddress'>): boolean =>
  realm === 'live' && callerContact === null && callerAddress === null;

/** Process variables of acceptance; they contain no data of the caller and no words of the matter. */
export function acceptanceOf(sheet: WorkOrder, { variables, ...options }: OpenOptions = {}): StartCase {
  return {
    kind: 'start',
    businessKey: sheet.no,
    process: acceptanceKey,
    realm: sheet.realm,
    at: sheet.receivedAt,
    variables: {
      ...answersOfSheet(sheet),
      ...(cannotBeReached(sheet) ? { noContact: true } : {}),
      ...variables,
    },
    ...options,
  };
}
