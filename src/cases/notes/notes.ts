/**
 * Internal notes on a sheet, among those who work on it. The text is sealed and cannot be changed;
 * its writer may strike it out, which is an entry of its own.
 */
import { actorOf, isSound } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { CaseFile } from '../../engine/index.js';
import { Refusal, seal, type JsonObject, type Seal } from '../../kernel/index.js';
import { restingOn } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import { unknownCase } from '../read-case.js';
import type { Using } from '../parts.js';

type NoteDeps = Using<'clock' | 'database' | 'executor' | 'laws' | 'sheets' | 'trail'>;

/**
 * Adds a note. The same words repeated at once count as the same note, because a slow connection
 * may send twice.
 *
 * @throws {Refusal} `case.not-found`
 */
export async function addNote(
  deps: NoteDeps,
  { no, text, actor }: { readonly no: string; readonly text: string; readonly actor: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const { file, trail } = await opened(deps, transaction, no);
    const struck = struckNotes(trail);
    const last = trail.findLast((entry) => entry.type === 'note.added');
    const note = seal('note', text);
    const isAgain =
      last && !struck.has(last.seq) && actorOf(last) === actor && last.sealed['note'] === note.value;
    if (!isAgain) await record(deps, transaction, { file, actor, type: 'note.added', sealed: [note] });
  });
}

/**
 * Strikes out a note; only its writer may. A second call changes nothing.
 *
 * @param entry number of the note's entry
 * @throws {Refusal} `case.not-found`, `note.not-found`; `access.denied` for somebody else's note
 */
export async function strikeNote(
  deps: NoteDeps,
  { no, entry, actor }: { readonly no: string; readonly entry: number; readonly actor: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const { file, trail } = await opened(deps, transaction, no);
    const note = trail.find(({ seq }) => seq === entry);
    if (note?.type !== 'note.added') {
      throw new Refusal('note.not-found', `工单 ${no} 的轨迹第 ${entry} 条不是内部备注`, {
        where: 'entry',
        remedy: '刷新工单页，看现在有哪些备注',
      });
    }
    if (actorOf(note) !== actor) {
      throw new Refusal('access.denied', '内部备注只能由写它的人划去', {
        where: 'entry',
        remedy: '请写的人划去，或者另写一条说明',
      });
    }
    if (struckNotes(trail).has(entry)) return;
    await record(deps, transaction, { file, actor, type: 'note.struck', body: { note: entry } });
  });
}

/** Entry numbers of the notes that were struck out. */
export const struckNotes = (trail: readonly TrailEntry[]): ReadonlySet<number> =>
  new Set(
    trail.flatMap((entry) => (isSound(entry) && entry.type === 'note.struck' ? [entry.body.note] : [])),
  );

/** Locks the case, so that of two simultaneous acts the second sees the first. */
async function opened(
  deps: NoteDeps,
  transaction: Transaction,
  no: string,
): Promise<{ readonly file: CaseFile; readonly trail: readonly TrailEntry[] }> {
  if (!(await deps.sheets.lock(transaction, no))) throw unknownCase(no, deps.laws.today());
  const file = await caseOf(deps, transaction, no);
  return { file, trail: (await deps.trail.read(transaction, [no])).get(no) ?? [] };
}

async function record(
  deps: NoteDeps,
  transaction: Transaction,
  act: {
    readonly file: CaseFile;
    readonly actor: string;
    readonly type: 'note.added' | 'note.struck';
    readonly body?: JsonObject;
    readonly sealed?: readonly Seal[];
  },
): Promise<void> {
  const { file, actor, type, body = {}, sealed = [] } = act;
  await amendCase(deps, transaction, file, {
    ...{ type, actor, body: { ...body, provisions: restingOn('sheet', deps.laws.ofCase(file)) } },
    ...(sealed.length > 0 ? { sealed } : {}),
  });
}
