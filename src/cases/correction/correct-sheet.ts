/** Corrects mistakes made at acceptance, with an entry of the old and new values. */
import { actorOf, isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { loadCasesByKey, type CaseFile } from '../../engine/index.js';
import { kindCorrected, replyWishCorrected } from '../../handlers/index.js';
import { Refusal, seal, type Json, type JsonObject } from '../../kernel/index.js';
import { restingOn, type Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import {
  asRegistered,
  correctableFields,
  kindOfField,
  type CorrectableField,
  type Corrections,
  type KeptSheet,
} from '../../sheet/index.js';
import { assertWordsAsRecorded } from '../altered.js';
import { cannotBeReached } from '../accept.js';
import { amendCase } from '../amend-case.js';
import { unknownCase } from '../read-case.js';
import { sendMessageIn, receivingEvent } from '../messages.js';
import { correctedAnswers, formsHandedIn, newlyRecused, type CorrectedAnswers } from './corrected-answers.js';
import { assertRulesKept } from './rules-kept.js';
import { fieldsOf, plainly, plainValue, sealedTexts } from './correction-entry.js';
import { wasTheCallers, withCheckedPlace, type GivenCorrections } from './corrected-place.js';
import type { PolicyValues } from '../../kernel/timer-spec.js';
import type { Using } from '../parts.js';

export type CorrectDeps = Using<
  | 'clock'
  | 'database'
  | 'definitions'
  | 'executor'
  | 'laws'
  | 'policies'
  | 'reader'
  | 'sheets'
  | 'trail'
  | 'units'
>;

export interface CorrectionOrder {
  readonly no: string;
  /** Entry number of the latest correction that the corrector saw; 0 for none. */
  readonly basedOn: number;
  /** The reason in words; the trail stores it sealed. */
  readonly reason: string;
  /** New values; other fields stay unchanged. */
  readonly changes: GivenCorrections;
  /** Corrected answers of submitted forms whose rules involve these fields; null clears an answer. */
  readonly answers: JsonObject;
  readonly actor: string;
}

/**
 * In one transaction, writes the corrected fields, the process variables that copy them, and one
 * entry. Number, time of receipt and earlier entries stay as they are. A unit that turns out to be
 * complained of is recused from then on.
 *
 * @throws {Refusal} `case.not-found`; `sheet.corrected` if somebody else corrected it meanwhile,
 * with what changed; `input.invalid` if nothing changes; `case.altered` where the words differ from
 * those the trail recorded; `caller.none` after the caller's data were erased
 */
export async function correctSheet(deps: CorrectDeps, order: CorrectionOrder): Promise<void> {
  const { no, actor, reason, answers } = order;
  await deps.database.transaction(async (transaction) => {
    if (!(await deps.sheets.lock(transaction, no))) throw unknownCase(no, deps.laws.today());
    const before = await deps.sheets.find(transaction, no);
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!before || !file) throw unknownCase(no, deps.laws.today());
    const entries = (await deps.trail.read(transaction, [no])).get(no) ?? [];
    assertWordsAsRecorded(no, { ...before, salt: before.wordsSalt }, entries, deps.laws.today());
    const forms = await formsHandedIn(transaction, deps.reader, entries);
    const law = deps.laws.ofCase(file);
    const anew = await correctedAnswers(
      deps,
      transaction,
      forms,
      { given: answers, before: file.variables },
      deps.laws.today(),
    );
    assertNewest(entries, order, anew.labels);
    const given = await withCheckedPlace(transaction, before, file.variables, order.changes, law);
    const standing = asRegistered(before, file.variables);
    const changes = changed(before, standing, given, anew);
    const at = deps.clock.now();
    const variables = { ...variablesOf(before, changes), ...anew.variables };
    const after = { ...file.variables, ...variables };
    assertRulesKept(forms, {
      ...{ labels: copiedBy(changes, anew), answers: anew.labels, at },
      ...{ before: file.variables, after },
    });
    const policies = deps.policies.at(file.startedAt);
    const recused = newlyRecused({ file, policies, law }, after);
    await withdraw(deps, transaction, file, { units: recused, order, at });
    const ofCaller = await deps.sheets.correct(transaction, no, changes, at);
    const place =
      changes.place !== undefined &&
      (await deps.sheets.correctPlace(transaction, {
        ...{ before, after: changes.place, at },
        wasTheCallers: wasTheCallers(before, changes),
      }));
    await amendCase(deps, transaction, file, {
      at,
      type: 'sheet.corrected',
      body: {
        ...plainly(before, standing, changes, { anew, was: file.variables }),
        provisions: restingOn('sheet', law),
      },
      sealed: [
        seal('reason', reason),
        ...sealedTexts(before, changes, anew),
        ...ofCaller,
        ...(place ? [place] : []),
      ],
      variables: {
        ...variables,
        ...anew.bodies,
        ...decidedAnew(after, changes, { anew, policies, law }),
      },
      actor,
    });
  });
}

/** Acts as if somebody had stated the recusal: a holder who is complained of loses the sheet. */
async function withdraw(
  deps: CorrectDeps,
  transaction: Transaction,
  file: CaseFile,
  {
    units,
    order,
    at,
  }: { readonly units: readonly string[]; readonly order: CorrectionOrder; readonly at: Date },
): Promise<void> {
  await deps.definitions.prepare(transaction, [file]);
  if (units.length === 0 || !receivingEvent(deps.definitions, file, 'recusal-stated', at)) return;
  await sendMessageIn(deps, transaction, order.no, 'recusal-stated', order.actor, {
    withdrawingUnits: units.join('、'),
    recusalBasis: 'accused',
    recusalFacts: order.reason,
  });
}

/** The fields whose value differs from the sheet, or from the value in force in the case. */
function changed(
  before: KeptSheet,
  standing: KeptSheet,
  given: Corrections,
  anew: CorrectedAnswers,
): Corrections {
  const fields = correctableFields.filter(
    (field) =>
      given[field] !== undefined && (given[field] !== before[field] || given[field] !== standing[field]),
  );
  if (fields.length === 0 && Object.keys(anew.variables).length === 0) {
    throw new Refusal('input.invalid', '没有一项与工单现在写的不同', { remedy: '改了哪一项，就写哪一项' });
  }
  return Object.fromEntries(fields.map((field) => [field, given[field]]));
}

function assertNewest(
  entries: readonly TrailEntry[],
  { no, basedOn }: CorrectionOrder,
  answers: ReadonlyMap<string, string>,
): void {
  const since = entries.flatMap((entry) =>
    isSound(entry) && entry.type === 'sheet.corrected' && entry.seq > basedOn ? [entry] : [],
  );
  if (since.length === 0) return;
  throw new Refusal('sheet.corrected', `工单 ${no} 在您打开以后已经有人更正`, {
    where: 'basedOn',
    remedy: '看过现在写的再改',
    changes: since.map(
      (entry) =>
        `${toShanghaiIso(entry.at)} ${actorOf(entry) ?? ''} 更正了${entry.body.fields.map((field) => labelOf(field, answers)).join('、')}`,
    ),
  });
}

const labelOf = (field: string, answers: ReadonlyMap<string, string>): string =>
  (correctableFields as readonly string[]).includes(field)
    ? kindOfField(field as CorrectableField).label
    : (answers.get(field) ?? field);

/** Labels of the corrected fields, keyed by the variable that copies each. */
const copiedBy = (changes: Corrections, anew: CorrectedAnswers): ReadonlyMap<string, string> =>
  new Map([
    ...fieldsOf(changes).flatMap((field) => {
      const { variable, label } = kindOfField(field);
      return variable === undefined ? [] : [[variable, label] as const];
    }),
    ...[...anew.labels].filter(([key]) => key in anew.variables),
  ]);

/** Variables that copy a field, and the variable that says whether the caller can be reached. */
function variablesOf(before: KeptSheet, changes: Corrections): JsonObject {
  const copied = fieldsOf(changes).flatMap((field): [string, Json][] => {
    const { variable } = kindOfField(field);
    return variable === undefined ? [] : [[variable, plainValue(changes[field])]];
  });
  const { realm, callerContact, callerAddress } = before;
  const out = cannotBeReached({
    realm,
    callerContact: changes.callerContact === undefined ? callerContact : changes.callerContact,
    callerAddress: changes.callerAddress === undefined ? callerAddress : changes.callerAddress,
  });
  const noContact = out === cannotBeReached(before) ? {} : { noContact: out };
  return { ...Object.fromEntries(copied), ...noContact };
}

/**
 * Recomputes what a step of the case derived from the corrected fields. @param after the case's
 * variables with the corrections
 */
const decidedAnew = (
  after: JsonObject,
  { kind, replyWanted }: Corrections,
  {
    anew,
    policies,
    law,
  }: { readonly anew: CorrectedAnswers; readonly policies: PolicyValues; readonly law: Law },
): JsonObject => ({
  ...(kind === undefined && Object.keys(anew.variables).length === 0
    ? {}
    : kindCorrected(after, policies, law)),
  ...(replyWanted === undefined ? {} : replyWishCorrected(after, replyWanted, policies)),
});
