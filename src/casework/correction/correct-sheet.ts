/** Corrects what was written wrongly at acceptance, with an entry of old and new. */
import { actorOf, isSound } from '../../accountability/events/index.js';
import type { Trail } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import { loadCasesByKey, type Executor } from '../../engine/index.js';
import { Refusal, seal, type Clock, type Json, type JsonObject, type Seal } from '../../kernel/index.js';
import { provisionFor } from '../../kernel/law.js';
import type { Database, Transaction } from '../../persistence/index.js';
import {
  correctableFields,
  kindOfField,
  type CorrectableField,
  type Corrections,
  type KeptSheet,
  type Sheets,
} from '../../sheet/index.js';
import { cannotBeReached } from '../accept-requests.js';
import { unknownCase } from '../read-case.js';
import { placeTexts, wasTheCallers, withCheckedPlace, type GivenCorrections } from './corrected-place.js';

export interface CorrectDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly executor: Executor;
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
    await assertNewest(deps, transaction, order);
    const given = await withCheckedPlace(transaction, before, file.variables, order.changes);
    const changes = changed(before, given);
    const at = deps.clock.now();
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
        body: { ...plainly(before, changes), provisions: [provisionFor('sheet')] },
        sealed: [
          seal('reason', reason),
          ...sealedTexts(before, changes),
          ...ofCaller,
          ...(place ? [place] : []),
        ],
        variables: variablesOf(before, changes),
        actor,
      },
    ]);
    if (answer?.refusal) throw answer.refusal;
  });
}

/** The fields whose value differs from what the sheet says. */
function changed(before: KeptSheet, given: Corrections): Corrections {
  const fields = correctableFields.filter(
    (field) => given[field] !== undefined && given[field] !== before[field],
  );
  if (fields.length === 0) {
    throw new Refusal('input.invalid', '没有一项与工单现在写的不同', { remedy: '改了哪一项,就写哪一项' });
  }
  return Object.fromEntries(fields.map((field) => [field, given[field]]));
}

async function assertNewest(
  { trail }: CorrectDeps,
  transaction: Transaction,
  { no, basedOn }: CorrectionOrder,
): Promise<void> {
  const entries = (await trail.read(transaction, [no])).get(no) ?? [];
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
function plainly(before: KeptSheet, changes: Corrections): JsonObject {
  const fields = fieldsOf(changes);
  const plain = fields.filter((field) => kindOfField(field).kept === 'plain');
  const of = (values: Corrections): JsonObject =>
    Object.fromEntries(plain.map((field): [string, Json] => [field, plainValue(values[field])]));
  return { fields: [...fields], ...(plain.length > 0 ? { from: of(before), to: of(changes) } : {}) };
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
