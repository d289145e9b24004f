/**
 * What a caller can do about their sheet: add words, urge, rate, demand an explanation, withdraw.
 * Each act is an entry of the sheet's trail; texts are sealed. The program knows the caller only by
 * their code, so the actor is 来电人.
 */
import { actorOf, deedsIn, isSound } from '../../accountability/events/index.js';
import { write, type TrailEntry } from '../../accountability/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { loadCasesByKey, type CaseFile } from '../../engine/index.js';
import type { Limits, StandIns } from '../../identity/index.js';
import { Refusal, seal, type JsonObject, type Seal } from '../../kernel/index.js';
import { lawOf, provisionFor, type Purpose } from '../../kernel/law.js';
import { announceCallerAct } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { entryNumber } from '../entry-number.js';
import { markInAddition, type EmergencyDeps } from '../intake/emergencies.js';
import { sendMessageIn, type MessageDeps } from '../messages.js';
import { amendCase, caseOf } from '../amend-case.js';
import { unknownCase } from '../read-case.js';
import { standInsOf } from '../stand-ins.js';
import { callerActProjector, type CallerActKind } from './projector.js';
import type { Policies } from '../../kernel/timer-spec.js';
import type { Using } from '../parts.js';

export interface CallerDeps
  extends MessageDeps, EmergencyDeps, Using<'notificationRules' | 'sheets' | 'trail'> {
  readonly policies: Policies;
  readonly identity: { readonly rules: { readonly standIns: StandIns; readonly limits: Limits } };
}

export const ratings = ['satisfied', 'fair', 'dissatisfied'] as const;
export type Rating = (typeof ratings)[number];

/** The caller's name as an actor in the trail. */
export const theCaller = '来电人';

interface Addition {
  readonly no: string;
  readonly text: string;
  /** How the act arrived. */
  readonly way: 'page' | 'mail';
}

/**
 * Adds words to the matter; the same words again count as the same addition.
 *
 * @returns whether it was new
 * @throws {Refusal} `case.not-found`, `caller-act.too-many`
 */
export async function addFromCaller(deps: CallerDeps, { no, text, way }: Addition): Promise<boolean> {
  return deps.database.transaction((transaction) => addFromCallerIn(deps, transaction, { no, text, way }));
}

export async function addFromCallerIn(
  deps: CallerDeps,
  transaction: Transaction,
  { no, text, way }: Addition,
): Promise<boolean> {
  const one = await opened(deps, transaction, no);
  const earlier = one.trail.filter((entry) => isSound(entry) && entry.type === 'caller.added');
  if (earlier.some(({ sealed }) => sealed.addition === text)) return false;
  const { additions, additionsADay } = deps.identity.rules.limits.callers;
  if (earlier.length >= additions) {
    throw tooMany(`一件事至多补充 ${additions} 次`, '还有要说的，请拨打 12345');
  }
  if (earlier.filter(sameDay(deps.clock.now())).length >= additionsADay) {
    throw tooMany(`一天至多补充 ${additionsADay} 次`, '明天再补充，或者拨打 12345');
  }
  await record(deps, transaction, one, {
    ...{ kind: 'added', purpose: 'sheet', body: { way }, sealed: [seal('addition', text)] },
  });
  const after = (await loadCasesByKey(transaction, [no])).get(no);
  if (after) {
    const standIns = standInsFor(deps, after);
    await markInAddition(deps, transaction, after, { text, actor: theCaller, standIns });
  }
  return true;
}

/**
 * Urges the unit; allowed once a day while the matter is open.
 *
 * @throws {Refusal} `case.not-found`, `caller-act.not-possible`, `caller-act.too-many`
 */
export async function urgeFromCaller(deps: CallerDeps, no: string): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const one = await opened(deps, transaction, no);
    if (one.file.endedAt) throw notPossible(deps, one.file, '这件事已经办结', '对结果有异议的，可以要求说明');
    if (!mayUrge(one.trail, deps.clock.now())) {
      throw tooMany('今天已经催办过', '承办单位和热线已经收到，明天还没有进展的可以再催');
    }
    await record(deps, transaction, one, { kind: 'urged', purpose: 'callers-wishes', body: {}, sealed: [] });
  });
}

/** Whether the entries so far allow the caller to urge now. */
export const mayUrge = (trail: readonly TrailEntry[], now: Date): boolean =>
  !trail.some((entry) => entry.type === 'caller.urged' && sameDay(now)(entry));

/**
 * Records a rating by the caller. It leaves the facts of the follow-up call unchanged; the
 * assessment method counts it separately.
 *
 * @throws {Refusal} `case.not-found`, `caller-act.not-possible` before there is an answer, and for
 * the same answer again
 */
export async function rateFromCaller(
  deps: CallerDeps,
  no: string,
  { rating, comment }: { readonly rating: Rating; readonly comment: string | undefined },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const one = await opened(deps, transaction, no);
    if (!mayRate(one.trail, one.file.endedAt !== null)) {
      throw notPossible(
        deps,
        one.file,
        '还没有新的答复可以评价',
        '收到答复或者办结以后再评价；同一答复评价一次',
      );
    }
    await record(deps, transaction, one, {
      kind: 'rated',
      purpose: 'follow-up',
      body: { rating },
      sealed: comment === undefined ? [] : [seal('comment', comment)],
    });
  });
}

/** True if the matter was answered or ended since the last rating. */
export function mayRate(trail: readonly TrailEntry[], ended: boolean): boolean {
  const rated = trail.findLast(({ type }) => type === 'caller.rated')?.seq ?? 0;
  const answered = trail.findLast((entry) =>
    deedsIn(entry).some(({ name }) => name === 'reply.given' || name === 'matter.closed'),
  );
  if (answered) return answered.seq > rated;
  return ended && rated === 0;
}

/**
 * Sends a message of the diagrams in the caller's name; once a day.
 *
 * @throws {Refusal} `case.not-found`, `caller-act.too-many`, and those of `sendMessage`
 */
export async function tellFromCaller(
  deps: CallerDeps,
  no: string,
  message: string,
  answers: JsonObject,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const { trail } = await opened(deps, transaction, no);
    const now = deps.clock.now();
    const again = trail.some(
      (entry) =>
        isSound(entry) &&
        (entry.type === 'message.received' || entry.type === 'instance.started') &&
        entry.body.of === message &&
        actorOf(entry) === theCaller &&
        sameDay(now)(entry),
    );
    if (again) throw tooMany('今天已经提过', '热线已经收到；明天还没有回音的可以再提');
    await sendMessageIn(deps, transaction, no, message, theCaller, answers);
  });
}

interface Opened {
  readonly file: CaseFile;
  readonly trail: readonly TrailEntry[];
}

/** Locks the case, so that simultaneous acts of one caller are handled one after the other. */
async function opened(deps: CallerDeps, transaction: Transaction, no: string): Promise<Opened> {
  if (!(await deps.sheets.lock(transaction, no))) throw unknownCase(no, deps.laws.today());
  const file = await caseOf(deps, transaction, no);
  return { file, trail: (await deps.trail.read(transaction, [no])).get(no) ?? [] };
}

async function record(
  deps: CallerDeps,
  transaction: Transaction,
  { file }: Opened,
  act: {
    readonly kind: CallerActKind;
    readonly purpose: Purpose;
    readonly body: JsonObject;
    readonly sealed: readonly Seal[];
  },
): Promise<void> {
  const { kind, purpose, body, sealed } = act;
  const at = deps.clock.now();
  const article = provisionFor(purpose, deps.laws.ofCase(file));
  const type = `caller.${kind}`;
  const no = file.businessKey;
  const answer = await amendCase(deps, transaction, file, {
    ...{ at, type, actor: theCaller, body: { ...body, provisions: [article] } },
    ...(sealed.length > 0 ? { sealed } : {}),
  });
  await write(transaction, callerActProjector, answer.entries ?? []);
  if (file.realm !== 'live') return;
  await announceCallerAct(
    transaction,
    { rules: deps.notificationRules, bodies: deps.identity.rules.standIns },
    {
      ...{ kind, workOrder: no, at, article, seq: entryNumber(deps.trail, answer, type) },
      standIns: standInsFor(deps, file),
    },
  );
}

const standInsFor = ({ identity, policies }: CallerDeps, file: CaseFile) =>
  standInsOf(identity.rules.standIns)(file.variables, policies.at(file.startedAt));

const sameDay =
  (now: Date) =>
  ({ at }: Pick<TrailEntry, 'at'>): boolean =>
    civilDateOf(at) === civilDateOf(now);

const tooMany = (what: string, remedy: string): Refusal =>
  new Refusal('caller-act.too-many', what, { remedy });

const notPossible = ({ laws }: CallerDeps, file: CaseFile, what: string, remedy: string): Refusal =>
  new Refusal('caller-act.not-possible', what, {
    remedy,
    provision: lawOf('callers-wishes', laws.ofCase(file)),
  });
