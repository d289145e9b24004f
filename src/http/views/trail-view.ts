/** A trail entry for people: one sentence, what the step did, names instead of ids. */
import type { Said } from '../contract/operation.js';
import {
  actorOf,
  armedIn,
  cancelledIn,
  deedsIn,
  enteredIn,
  isStep,
  levelsIn,
  provisionsOf,
  recordedAtOf,
  subjectOf,
  waitingIn,
  withdrawnIn,
  type Armed,
} from '../../accountability/events/index.js';
import { attacks, type Checkpoint, type KeptEntry, type Verification } from '../../accountability/index.js';
import { civilDateOfDay, dayOfLimit } from '../../kernel/civil-date.js';
import { optionsUnder } from '../../engine/index.js';
import type { Json, JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { trailEntry } from '../contract/case.js';
import type { checkpointMark } from '../contract/trail.js';
import { entryTitle, type EntryContext } from '../../cases/index.js';
import { provisionView } from './provision-view.js';

type EntryView = Said<typeof trailEntry>;

export function entryView(
  entry: KeptEntry,
  context: EntryContext,
): Omit<EntryView, 'sealed' | 'step' | 'answers'> {
  const recordedAt = recordedAtOf(entry);
  return {
    seq: entry.seq,
    type: entry.type === 'unread' ? entry.claimedType : entry.type,
    title: entryTitle(entry, context),
    at: entry.at,
    recordedAt: recordedAt === undefined ? null : new Date(recordedAt),
    hash: entry.leaf,
    actor: actorOf(entry) ?? null,
    role: entry.type === 'task.completed' ? (context.elements.get(entry.body.of)?.role ?? null) : null,
    levels: levelsIn(entry),
    provisions: provisionsOf(entry).map(provisionView),
    names: namesIn(entry, context),
    body: entry.altered ? '' : entry.bytes.toString('utf8'),
    altered: entry.altered,
  };
}

/** @param explain returns why a deadline has its instant, from its stored derivation */
export function stepView(
  entry: KeptEntry,
  explain: (derivation: JsonObject) => JsonObject,
): EntryView['step'] {
  if (!isStep(entry)) return null;
  const { process, version, instance } = entry.body;
  return {
    process,
    version,
    instance,
    fired: entry.type === 'timer.fired' ? entry.body.of : null,
    deeds: deedsIn(entry).map(({ name }) => name),
    entered: enteredIn(entry),
    waiting: waitingIn(entry),
    withdrawn: withdrawnIn(entry),
    armed: armedIn(entry).map(({ derivation, ...one }) =>
      armedView(one, derivation && explain(derivation), entry.at),
    ),
  };
}

/** Answers in the form with the labels of fields and options; long texts are stored apart. */
export function answersView(
  entry: KeptEntry,
  { elements }: Pick<EntryContext, 'elements'>,
  law: Law,
  named: (accused: string) => string | undefined = () => undefined,
): EntryView['answers'] {
  if (entry.type !== 'task.completed') return [];
  const given = entry.body.data ?? {};
  return (elements.get(entry.body.of)?.form ?? []).flatMap((field) => {
    const { key, label } = field;
    const value = given[key] ?? null;
    if (value === null) return [];
    const chosen = optionsUnder(field, law).find((option) => option.value === value)?.label;
    const shown = field.type === 'accused' && typeof value === 'string' ? named(value) : chosen;
    return [{ label, answer: shown ?? inWords(value) }];
  });
}

function inWords(value: Json): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function armedView(
  { element, clock, due, provisional = false }: Omit<Armed, 'derivation'>,
  explanation: JsonObject | null,
  at: Date,
) {
  const { start, dueDate } = explanation ?? {};
  return {
    element,
    clock: clock ?? null,
    startedAt: typeof start === 'string' ? new Date(start) : at,
    due: due === null ? null : new Date(due),
    dueDate:
      due === null ? null : typeof dueDate === 'string' ? dueDate : civilDateOfDay(dayOfLimit(new Date(due))),
    provisional,
    derivation: explanation ?? {},
  };
}

/** One line per finding. */
export const findingLines = ({ findings }: Verification): string[] =>
  findings.map(({ attack, detail }) => `${attacks[attack]}：${detail}`);

export const checkpointView = (checkpoint: Checkpoint | undefined): Said<typeof checkpointMark> =>
  checkpoint ? { ...checkpoint, key: checkpoint.vkey } : null;

/** Elements by id; an entry that starts a process names the process, too. */
function namesIn(
  entry: KeptEntry,
  { elements, processName }: EntryContext,
): { readonly [id: string]: string } {
  const begun = entry.type === 'instance.started' ? [entry.body.process] : [];
  const ids = [
    ...enteredIn(entry),
    ...cancelledIn(entry),
    ...waitingIn(entry),
    ...withdrawnIn(entry),
    ...armedIn(entry).map(({ element }) => element),
    ...[subjectOf(entry) ?? []].flat(),
  ];
  return Object.fromEntries([
    ...begun.map((process) => [process, processName(process)] as const),
    ...[...new Set(ids)].flatMap((id) => {
      const name = elements.get(id)?.name;
      return name === undefined ? [] : [[id, name] as const];
    }),
  ]);
}
