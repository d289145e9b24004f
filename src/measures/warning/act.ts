/** Acts on warnings, and suggestions of special studies, each with a trail entry. */
import { addToInboxes } from '../../channel/notification/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { appendWarningEntry, type WarningDeps } from './append-entry.js';
import { addAnswer, addSuggestion, findSuggestion, type Suggestion } from './store/study-store.js';
import { actsOn, addAct, lockWarning, type Warning, type WarningAct } from './store/warning-store.js';
import { kindName, titleOf } from './title.js';
import { districtTitle, hotlineTitle, lawOf, provisionFor } from '../../kernel/law.js';

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
    await addAct(transaction, id, { act, reason, actor, at });
    await appendWarningEntry(deps, transaction, `warning.${act}`, at, { warning: id, actor, reason });
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
  /** The unit asked. */
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
    const suggestion = await addSuggestion(transaction, {
      warning: warning?.id ?? null,
      district,
      matter,
      unit,
      reason,
      suggestedBy: actor,
      suggestedAt: at,
    });
    const { id } = suggestion;
    if (warning) await addAct(transaction, warning.id, { act: 'suggested', reason, actor, at });
    const body = { study: id, warning: warning?.id ?? null, district, matter, unit, actor, reason };
    const place = await appendWarningEntry(deps, transaction, 'study.suggested', at, body);
    const law = deps.laws.today();
    const notice = {
      ...place,
      element: `study-${id}`,
      recipient: `unit:${unit}`,
      level: null,
      title: `建议专题研究:${district || `未写明${districtTitle(law)}`}“${matter}”`,
      text: `${hotlineTitle(law)}建议贵单位就“${matter}”专题研究、制定措施(${lawOf('early-warning', law)}),请答复是否开展。`,
      article: provisionFor('early-warning', law),
      at,
    };
    await addToInboxes(transaction, [notice], at);
    return suggestion;
  });
}

/**
 * The unit's answer.
 *
 * @throws {Refusal} `warning.not-found`; `warning.not-yours` for another unit; `warning.settled` the second time
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
    if (suggestion.answer || !(await addAnswer(transaction, id, given))) {
      throw new Refusal('warning.settled', `第 ${id} 号专题研究建议已经答复`, { remedy: '查看答复' });
    }
    const { unit } = suggestion;
    await appendWarningEntry(deps, transaction, taken ? 'study.taken' : 'study.declined', at, {
      study: id,
      unit,
      actor,
      reason,
    });
    return { ...suggestion, answer: given };
  });
}
