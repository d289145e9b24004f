/** Corrects what was written wrongly at acceptance, with an entry of old and new. */
import { actorOf, isSound } from '../../accountability/events/index.js';
import type { Trail, TrailEntry } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import { loadCasesByKey, type Executor, type PolicyValues } from '../../engine/index.js';
import { kindCorrected, replyWishCorrected } from '../../handlers/index.js';
import { Refusal, seal, type Clock, type Json, type JsonObject, type Seal } from '../../kernel/index.js';
import { provisionFor } from '../../kernel/law.js';
import type { Database } from '../../persistence/index.js';
import type { PolicyKeeper } from '../../policy/index.js';
import {
  asRegistered,
  correctableFields,
  kindOfField,
  type CorrectableField,
  type Corrections,
  type KeptSheet,
  type Sheets,
} from '../../sheet/index.js';
import { cannotBeReached } from '../accept-requests.js';
import type { DefinitionReader } from '../definition-reader.js';
import { unknownCase } from '../read-case.js';
import { assertRulesKept } from './rules-kept.js';
import { placeTexts, wasTheCallers, withCheckedPlace, type GivenCorrections } from './corrected-place.js';

export interface CorrectDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly executor: Executor;
  readonly policies: PolicyKeeper;
  readonly reader: DefinitionReader;
  readonly sheets: Sheets;
  readonly trail: Trail;
}

export interface CorrectionOrder {
  readonly no: string;
  /** Number of the entry of the latest correction that was seen; 0 for none. */
  readonly basedOn: number;
  /** In words; sealed. */
  readonly reason: string;
  /** Only these fields. */
  readonly changes: GivenCorrections;
  readonly actor: string;
}

/**
 * Writes the corrected fields, the process variables that copy them and one entry, in one transaction. Number, time of
 * receipt and earlier entries stay as they are.
 *
 * @throws {Refusal} `case.not-found`; `sheet.corrected` if somebody has corrected it meanwhile, with what changed;
 * `input.invalid` if nothing changes; `caller.none` after the caller's data were erased
 */
export async function correctSheet(deps: CorrectDeps, order: CorrectionOrder): Promise<void> {
  const { no, actor, reason } = order;
  await deps.database.transaction(async (transaction) => {
    if (!(await deps.sheets.lock(transaction, no))) throw unknownCase(no);
    const before = await deps.sheets.find(transaction, no);
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!before || !file) throw unknownCase(no);
    const entries = (await deps.trail.read(transaction, [no])).get(no) ?? [];
    assertNewest(entries, order);
    const given = await withCheckedPlace(transaction, before, file.variables, order.changes);
    const standing = asRegistered(before, file.variables);
    const changes = changed(before, standing, given);
    const at = deps.clock.now();
    const variables = variablesOf(before, changes);
    await assertRulesKept(transaction, deps.reader, entries, {
      ...{ labels: copiedBy(changes), at },
      before: file.variables,
      after: { ...file.variables, ...variables },
    });
    const ofCaller = await deps.sheets.correct(transaction, no, changes, at);
    const place =
      changes.place !== undefined &&
      (await deps.sheets.correctPlace(transaction, {
        ...{ before, after: changes.place, at },
        wasTheCallers: wasTheCallers(before, changes),
      }));
    const [answer] = await deps.executor.executeIn(transaction, [
      {
        kind: 'amend',
        caseId: file.id,
        at,
        type: 'sheet.corrected',
        body: { ...plainly(before, standing, changes), provisions: [provisionFor('sheet')] },
        sealed: [
          seal('reason', reason),
          ...sealedTexts(before, changes),
          ...ofCaller,
          ...(place ? [place] : []),
        ],
        variables: {
          ...variables,
          ...decidedAnew(file.variables, changes, deps.policies.at(file.startedAt)),
        },
        actor,
      },
    ]);
    if (answer?.refusal) throw answer.refusal;
  });
}

/** The fields whose value differs from what the sheet says, or from what counts in its case. */
function changed(before: KeptSheet, standing: KeptSheet, given: Corrections): Corrections {
  const fields = correctableFields.filter(
    (field) =>
      given[field] !== undefined && (given[field] !== before[field] || given[field] !== standing[field]),
  );
  if (fields.length === 0) {
    throw new Refusal('input.invalid', '没有一项与工单现在写的不同', { remedy: '改了哪一项,就写哪一项' });
  }
  return Object.fromEntries(fields.map((field) => [field, given[field]]));
}

function assertNewest(entries: readonly TrailEntry[], { no, basedOn }: CorrectionOrder): void {
  const since = entries.flatMap((entry) =>
    isSound(entry) && entry.type === 'sheet.corrected' && entry.seq > basedOn ? [entry] : [],
  );
  if (since.length === 0) return;
  throw new Refusal('sheet.corrected', `工单 ${no} 在您打开以后已经有人更正`, {
    where: 'basedOn',
    remedy: '看过现在写的再改',
    changes: since.map(
      (entry) =>
        `${toShanghaiIso(entry.at)} ${actorOf(entry) ?? ''} 更正了${labelsOf(entry.body.fields).join('、')}`,
    ),
  });
}

const labelsOf = (fields: readonly string[]): readonly string[] =>
  fields.map((field) =>
    (correctableFields as readonly string[]).includes(field)
      ? kindOfField(field as CorrectableField).label
      : field,
  );

const fieldsOf = (changes: Corrections): readonly CorrectableField[] =>
  correctableFields.filter((field) => changes[field] !== undefined);

/** What goes into the entry itself: which fields, and the values of those that no person wrote. */
function plainly(before: KeptSheet, standing: KeptSheet, changes: Corrections): JsonObject {
  const fields = fieldsOf(changes);
  const plain = fields.filter((field) => kindOfField(field).kept === 'plain');
  const of = (valueOf: (field: CorrectableField) => Corrections[CorrectableField]): JsonObject =>
    Object.fromEntries(plain.map((field): [string, Json] => [field, plainValue(valueOf(field))]));
  const from = of((field) => (changes[field] === standing[field] ? before : standing)[field]);
  return { fields: [...fields], ...(plain.length > 0 ? { from, to: of((field) => changes[field]) } : {}) };
}

/** Of fields that no person writes. */
const plainValue = (value: Corrections[CorrectableField]): Json =>
  typeof value === 'string' || typeof value === 'boolean' ? value : null;

function sealedTexts(before: KeptSheet, changes: Corrections): readonly Seal[] {
  const texts = fieldsOf(changes)
    .filter((field) => kindOfField(field).kept === 'sealed')
    .flatMap((field) => {
      const sides = [
        ['from', before[field]],
        ['to', changes[field]],
      ] as const;
      return sides.flatMap(([side, value]) =>
        typeof value === 'string' ? [seal(`${field}.${side}`, value)] : [],
      );
    });
  return [...texts, ...placeTexts(before, changes)];
}

/** Names of the corrected fields by the variable that copies them. */
const copiedBy = (changes: Corrections): ReadonlyMap<string, string> =>
  new Map(
    fieldsOf(changes).flatMap((field) => {
      const { variable, label } = kindOfField(field);
      return variable === undefined ? [] : [[variable, label] as const];
    }),
  );

/** Variables that copy a field, and whether the caller can be reached. */
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

/** What a step of the case has decided by a corrected field. */
const decidedAnew = (
  variables: JsonObject,
  { kind, replyWanted }: Corrections,
  policies: PolicyValues,
): JsonObject => ({
  ...(kind === undefined ? {} : kindCorrected({ ...variables, kind }, policies)),
  ...(replyWanted === undefined ? {} : replyWishCorrected(variables, replyWanted, policies)),
});
