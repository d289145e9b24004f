/** Acts on warnings, and suggestions of special studies, each with a trail entry. */
import { addToInboxes } from '../../channel/notification/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { write, writeOnce } from '../../accountability/index.js';
import { appendWarningEntry, warningEntry, type WarningDeps } from './append-entry.js';
import { studyAnswerProjector, studyProjector } from './projectors.js';
import { findSuggestion, type Suggestion } from './store/study-store.js';
import { actsOn, lockWarning, type Warning, type WarningAct } from './store/warning-store.js';
import { kindName, titleOf } from './title.js';
import { districtTitle, hotlineTitle, inBrackets, lawOf, provisionFor } from '../../kernel/law.js';

/**
 * Acknowledges a warning, or dismisses it as a false alarm.
 *
 * @throws {Refusal} `warning.not-found`, `warning.settled`
 */
export async function actOnWarning(
  deps: WarningDeps,
  id: number,
  act: Exclude<WarningAct, 'suggested'>,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    await openWarning(transaction, id);
    const at = deps.clock.now();
    const said = warningEntry(deps, `warning.${act}`, at, { warning: id, actor, reason });
    await appendWarningEntry(deps, transaction, said);
  });
}

/** @throws {Refusal} `warning.not-found`; `warning.settled` if dismissed or followed by a study */
async function openWarning(transaction: Transaction, id: number): Promise<Warning> {
  const warning = await lockWarning(transaction, id);
  if (!warning) {
    throw new Refusal('warning.not-found', `没有第 ${id} 号预警`, { remedy: '从预警列表里打开' });
  }
  const settled = (await actsOn(transaction, id)).find(({ act }) => act !== 'acknowledged');
  if (settled) {
    throw new Refusal('warning.settled', `第 ${id} 号预警已经由 ${settled.actor} 办结`, {
      remedy: '查看这件预警的经过',
    });
  }
  return warning;
}

export interface StudyRequest {
  /** The unit that is asked. */
  readonly unit: string;
  readonly reason: string;
  readonly actor: string;
  /** The warning, or the district and class of a hot spot. */
  readonly about: { readonly warning: number } | { readonly district: string; readonly code: string };
}

/** @throws {Refusal} `warning.not-found`, `warning.settled` */
export async function suggestStudy(deps: WarningDeps, request: StudyRequest): Promise<Suggestion> {
  const { unit, reason, actor, about } = request;
  return deps.database.transaction(async (transaction) => {
    const at = deps.clock.now();
    const warning = 'warning' in about ? await openWarning(transaction, about.warning) : undefined;
    const tree = await deps.classTrees.current(transaction);
    const district = warning?.district ?? ('district' in about ? about.district : '');
    const matter = warning ? titleOf(tree, warning) : kindName(tree, 'code' in about ? about.code : '');
    const said = (study: number) => {
      const body = { study, warning: warning?.id ?? null, district, matter, unit, actor, reason };
      return warningEntry(deps, 'study.suggested', at, body);
    };
    const id = await write(transaction, studyProjector, said(0));
    const place = await appendWarningEntry(deps, transaction, said(id));
    const law = deps.laws.today();
    const notice = {
      ...place,
      element: `study-${id}`,
      recipient: `unit:${unit}`,
      level: null,
      title: `建议专题研究：${district || `未写明${districtTitle(law)}`}“${matter}”`,
      text: `${hotlineTitle(law)}建议贵单位就“${matter}”专题研究、制定措施${inBrackets(lawOf('early-warning', law))}，请答复是否开展。`,
      article: provisionFor('early-warning', law),
      at,
    };
    await addToInboxes(transaction, [notice], at);
    const asked = { id, warning: warning?.id ?? null, district, matter, unit, reason };
    return { ...asked, suggestedBy: actor, suggestedAt: at, answer: null };
  });
}

/**
 * Records the unit's answer.
 *
 * @throws {Refusal} `warning.not-found`; `warning.not-yours` for another unit; `warning.settled`
 * the second time
 */
export async function answerStudy(
  deps: WarningDeps,
  id: number,
  answer: {
    readonly taken: boolean;
    readonly reason: string;
    readonly actor: string;
    readonly units: readonly string[];
  },
): Promise<Suggestion> {
  const { taken, reason, actor, units } = answer;
  return deps.database.transaction(async (transaction) => {
    const suggestion = await findSuggestion(transaction, id);
    if (!suggestion) {
      throw new Refusal('warning.not-found', `没有第 ${id} 号专题研究建议`, { remedy: '从列表里打开' });
    }
    if (!units.includes(suggestion.unit)) {
      throw new Refusal('warning.not-yours', `第 ${id} 号专题研究建议由 ${suggestion.unit} 答复`, {
        provision: lawOf('early-warning', deps.laws.today()),
        remedy: '由该单位的经办人答复',
      });
    }
    const at = deps.clock.now();
    const given = { taken, reason, answeredBy: actor, answeredAt: at };
    const body = { study: id, unit: suggestion.unit, actor, reason };
    const said = warningEntry(deps, taken ? 'study.taken' : 'study.declined', at, body);
    if ((await writeOnce(transaction, studyAnswerProjector, said)) === undefined) {
      throw new Refusal('warning.settled', `第 ${id} 号专题研究建议已经答复`, { remedy: '查看答复' });
    }
    await appendWarningEntry(deps, transaction, said);
    return { ...suggestion, answer: given };
  });
}
