/**
 * Repairs a stuck case. One person proposes to correct a variable, or to move or withdraw a token,
 * and gives the reason; another approves. Any step of the case in between voids the proposal. The
 * proposal exists only as an entry of the case's trail, so no table row can claim the approval of
 * something nobody proposed.
 */
import { readContent, type Content } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import {
  loadCasesByKey,
  lockCases,
  outdated,
  stateDigest,
  tokensOf,
  type Answer,
  type CaseFile,
  type Command,
  type DeployedDefinition,
  type Intervention,
  type RestingToken,
} from '../../engine/index.js';
import { Refusal, seal, type JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Officer, Person } from '../../law/two-person/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase } from '../amend-case.js';
import { unknownCase } from '../read-case.js';
import { assertFits, changeableIn, isOf, running, type Changeable } from './changeable.js';
import { interventionDecision, proposalNamed } from './proposals.js';
import type { Using } from '../parts.js';

export type InterventionDeps = Using<'clock' | 'database' | 'definitions' | 'executor' | 'laws' | 'trail'>;

export interface Possible {
  readonly file: CaseFile;
  /** Digest of the case's state; the client returns it with the proposal. */
  readonly basedOn: string;
  readonly tokens: readonly (RestingToken & { readonly deployed: DeployedDefinition })[];
  readonly variables: readonly Changeable[];
}

/** A preview: the entries that would follow, and whether the case would then continue. */
export interface Outlook {
  readonly entries: readonly Content[];
  readonly after: CaseFile;
}

interface Wanted {
  readonly no: string;
  readonly act: Intervention;
  readonly basedOn: string;
}

/** @throws {Refusal} `case.not-found`; `incident.not-open` for a case that is not stuck */
export function possibleInterventions(deps: InterventionDeps, no: string): Promise<Possible> {
  return deps.database.transaction((transaction) => possibleIn(deps, transaction, no));
}

/**
 * @throws {Refusal} like `possibleInterventions`; `intervention.invalid` for an act that cannot be
 * proposed, `intervention.outdated`, `intervention.hindered`, and refusals of the step itself
 */
export async function outlookOf(deps: InterventionDeps, { no, act, basedOn }: Wanted): Promise<Outlook> {
  const possible = await possibleInterventions(deps, no);
  if (possible.basedOn !== basedOn) throw outdated(no);
  saidOf(possible, act, deps.laws.today());
  const answers = await deps.executor.preview(
    commandsFor(deps, possible.file, { act, basedOn, actor: '', body: { proposal: 0, proposedBy: '' } }),
  );
  return outlook(deps, answers, no);
}

/** @throws {Refusal} like `outlookOf` */
export async function proposeIntervention(
  deps: InterventionDeps,
  wanted: Wanted & { readonly reason: string },
  by: Person,
): Promise<void> {
  await outlookOf(deps, wanted);
  const { no, act, basedOn, reason } = wanted;
  await deps.database.transaction(async (transaction) => {
    const possible = await possibleIn(deps, transaction, no);
    const body = { login: by.login, basedOn, act: act.kind, ...saidOf(possible, act, deps.laws.today()) };
    const file = await note(deps, transaction, possible.file, {
      ...{ type: 'intervention.proposed', body, reason, by },
    });
    if (stateDigest(file) !== basedOn) throw outdated(no);
  });
}

/**
 * Carries out the proposal and immediately retries the stuck step.
 *
 * @throws {Refusal} `intervention.own` for the proposer; `intervention.not-found`,
 * `intervention.settled`; like `outlookOf`
 */
export async function approveIntervention(
  deps: InterventionDeps,
  {
    no,
    proposal: seq,
    comment,
  }: { readonly no: string; readonly proposal: number; readonly comment: string },
  by: Officer,
): Promise<Outlook> {
  return deps.database.transaction(async (transaction) => {
    const { file, trail } = await locked(deps, transaction, no);
    const proposal = proposalNamed(no, trail, seq);
    interventionDecision.decide(proposal, 'approve', by);
    const { act, basedOn, actor: proposedBy } = proposal;
    assertHeld(file);
    const answers = await deps.executor.executeIn(
      transaction,
      commandsFor(deps, file, {
        ...{ act, basedOn, actor: by.actor, body: { proposal: seq, proposedBy } },
        sealed: [seal('comment', comment)],
      }),
    );
    return outlook(deps, answers, no);
  });
}

/** @throws {Refusal} `case.not-found`, `intervention.not-found`, `intervention.settled` */
export async function withdrawIntervention(
  deps: InterventionDeps,
  { no, proposal, reason }: { readonly no: string; readonly proposal: number; readonly reason: string },
  by: Officer,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const { file, trail } = await locked(deps, transaction, no);
    interventionDecision.decide(proposalNamed(no, trail, proposal), 'withdraw', by, reason);
    await note(deps, transaction, file, {
      ...{ type: 'intervention.withdrawn', body: { proposal }, reason, by },
    });
  });
}

async function possibleIn(
  { clock, definitions, laws }: InterventionDeps,
  transaction: Transaction,
  no: string,
): Promise<Possible> {
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (file?.realm !== 'live') throw unknownCase(no, laws.today());
  assertHeld(file);
  await definitions.prepare(transaction, [file]);
  return {
    file,
    basedOn: stateDigest(file),
    tokens: tokensOf(file, definitions).map((one) => ({
      ...one,
      deployed: running(definitions, file, one),
    })),
    variables: await changeableIn(transaction, definitions, file, clock.now(), laws.today()),
  };
}

function assertHeld({ businessKey: no, incidents }: CaseFile): void {
  if (incidents.size > 0) return;
  throw new Refusal('incident.not-open', `工单 ${no} 没有走不下去的事`, {
    remedy: '刷新“异常处置”：它可能已经走通',
  });
}

/** The entry's description of the act. @throws {Refusal} if the act is not among the possible ones */
function saidOf({ tokens, variables }: Possible, act: Intervention, law: Law): JsonObject {
  if (act.kind === 'set') {
    const found = variables.find((one) => isOf(one, act));
    if (!found) throw invalid('act.name', `没有流程照变量 ${act.name} 决定怎样走，不在这里更正`);
    assertFits(found, act.value, law);
    return {
      variable: act.name,
      ...(act.instance === null ? {} : { instance: act.instance }),
      ...(act.token === null ? {} : { token: act.token }),
      from: JSON.stringify(found.value ?? null),
      value: JSON.stringify(act.value),
    };
  }
  const token = tokens.find((one) => one.instance === act.instance && one.token === act.token);
  if (!token) throw invalid('act.token', '没有停着、可以移动的这样一处');
  const { key: process, version } = token.deployed;
  const { instance, token: id, element: of } = token;
  return { process, version, instance, token: id, of, ...(act.kind === 'move' ? { to: act.to } : {}) };
}

const invalid = (where: string, detail: string): Refusal =>
  new Refusal('intervention.invalid', detail, { where, remedy: '从列出的变量、环节里选' });

const commandsFor = (
  { clock }: InterventionDeps,
  { id: caseId }: CaseFile,
  rest: Omit<Extract<Command, { kind: 'intervene' }>, 'kind' | 'caseId' | 'at'>,
) => {
  const at = clock.now();
  return [
    { kind: 'intervene', caseId, at, ...rest },
    { kind: 'fall-due', caseId, until: at },
  ] as const;
};

/** @throws {Refusal} the refusal of the first command */
function outlook({ laws }: InterventionDeps, answers: readonly Answer[], no: string): Outlook {
  const [changed] = answers;
  if (changed?.refusal) throw changed.refusal;
  const after = answers.at(-1)?.file;
  if (!after) throw unknownCase(no, laws.today());
  return { entries: answers.flatMap(({ entries = [] }) => entries.map((one) => readContent(one))), after };
}

/** Locks the case, so that of two simultaneous acts the second sees the first. */
async function locked(
  { laws, trail }: InterventionDeps,
  transaction: Transaction,
  no: string,
): Promise<{ readonly file: CaseFile; readonly trail: readonly TrailEntry[] }> {
  const id = (await loadCasesByKey(transaction, [no])).get(no)?.id;
  const file = id === undefined ? undefined : (await lockCases(transaction, [id])).get(id);
  if (file?.realm !== 'live') throw unknownCase(no, laws.today());
  return { file, trail: (await trail.read(transaction, [no])).get(no) ?? [] };
}

async function note(
  deps: InterventionDeps,
  transaction: Transaction,
  before: CaseFile,
  act: {
    readonly type: 'intervention.proposed' | 'intervention.withdrawn';
    readonly body: JsonObject;
    readonly reason: string;
    readonly by: Person;
  },
): Promise<CaseFile> {
  const { type, body, reason, by } = act;
  const entry = { type, body, actor: by.actor, sealed: [seal('reason', reason)] };
  const { file } = await amendCase(deps, transaction, before, entry);
  if (!file) throw unknownCase('', deps.laws.today());
  return file;
}
