/**
 * Composes a message to a caller from its template. The message contains what the caller's page
 * would show, and nothing about the matter.
 */
import { civilDateOf, civilDateOfDay, dayOfLimit } from '../../kernel/civil-date.js';
import { wayBack } from '../../channel/index.js';
import { lawTitle } from '../../kernel/law.js';
import { handled, type Job } from '../../platform/jobs/index.js';
import {
  fill,
  canReach,
  putMessage,
  templateOf,
  type Occasion,
  type Values,
} from '../../channel/message/index.js';
import { readCase, type CaseView, type ReadDeps } from '../read-case.js';
import {
  answersToCaller,
  limitsToldOf,
  outcomeToldOf,
  promisedToldOf,
  unitToldOf,
} from '../told-to-caller.js';
import { waitingEmergencies } from '../intake/store/emergency-marks.js';
import { composeJob } from './queue.js';
import type { Using } from '../parts.js';

export interface ComposeDeps
  extends ReadDeps, Using<'catalogues' | 'clock' | 'occasions' | 'policies' | 'vault'> {
  /** Public address of the console; undefined if it is not configured. */
  readonly publicUrl: string | undefined;
}

/** Idempotent: each occasion of an entry is composed once. */
export function composingJob(deps: ComposeDeps): Job {
  return handled(composeJob, async ({ workOrder, entry, occasion: key }) => {
    const { database, occasions, policies, vault } = deps;
    const occasion = occasions.named(key);
    if (!occasion) return;
    const view = await readCase(deps, workOrder);
    const { sheet, file } = view;
    await database.transaction((transaction) => policies.refresh(transaction));
    if (policies.at(file.startedAt).value(occasion.policy) !== 'on') return;
    if (!sheet.messagesWanted || sheet.callerContact === null) return;
    if (occasion.wishesReply && (file.variables['wishesReply'] ?? sheet.replyWanted) !== true) return;
    const contact = sheet.callerContact;
    await database.transaction(async (transaction) => {
      const way = await wayBack(transaction, vault, workOrder);
      if (!way || !canReach(way, contact)) return;
      const { catalogue } = await deps.catalogues.at(transaction, sheet.receivedAt);
      const law = deps.laws.ofCase(file);
      const answer = answerIn(view, entry, (told) => answersToCaller({ catalogue, law }, told));
      if (occasion.needsAnswer && answer === null) return;
      const template = await templateOf(occasions, transaction, occasion, sheet.language);
      const [emergency] = await waitingEmergencies(transaction, workOrder);
      const values = {
        ...valuesOf(view, occasion, answer, deps.publicUrl),
        law: lawTitle(law),
        emergency: emergency?.channels.map(({ dial, reach }) => dial ?? reach).join(' / ') ?? null,
      };
      const said = fill(template, values);
      const message = { entry, language: sheet.language, template: template.version, said };
      await putMessage(transaction, vault, workOrder, occasion, message, deps.clock.now());
    });
  });
}

function answerIn(
  { trail }: CaseView,
  seq: number,
  answersOf: (entry: CaseView['trail'][number]) => ReturnType<typeof answersToCaller>,
): string | null {
  const entry = trail.find((one) => one.seq === seq);
  const answers = entry ? answersOf(entry) : [];
  if (answers.length === 0) return null;
  return answers.map(({ title, text, withheld }) => `${title}：${text ?? withheld ?? ''}`).join('\n');
}

/** A null value removes its line. The code is filled in when the message is sent. */
function valuesOf(
  view: CaseView,
  { secret }: Occasion,
  answer: string | null,
  publicUrl: string | undefined,
): Values {
  const [limit] = limitsToldOf(view).filter(({ paused }) => !paused);
  return {
    workOrder: view.sheet.no,
    receivedDate: civilDateOf(view.sheet.receivedAt),
    unit: unitToldOf(view),
    dueDate: limit ? civilDateOfDay(dayOfLimit(limit.dueAt)) : null,
    promisedDate: promisedToldOf(view),
    answer,
    outcome: outcomeToldOf(view),
    endedDate: view.file.endedAt ? civilDateOf(view.file.endedAt) : null,
    page: publicUrl === undefined ? null : `${publicUrl.replace(/\/+$/, '')}/query`,
    ...(secret ? {} : { secret: null }),
  };
}
