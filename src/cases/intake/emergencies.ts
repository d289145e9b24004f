/**
 * Finds signs of an emergency in words that no agent typed, in a request or in an addition. The
 * sheet is marked, those who register are notified at once, and lists show it first until it is
 * registered or somebody has settled it.
 */
import { channelsIn, otherChannelsInForce, type OtherChannel } from '../../sheet/classification/index.js';
import { loadCasesByKey, lockCases, type CaseFile } from '../../engine/index.js';
import type { StandIns } from '../../identity/index.js';
import { Refusal, seal } from '../../kernel/index.js';
import { provisionFor, restingOn } from '../../kernel/law.js';
import { announceEmergency } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { WorkOrder } from '../../sheet/index.js';
import { entryNumber } from '../entry-number.js';
import type { TaskDeps } from '../tasks.js';
import { amendCase } from '../amend-case.js';
import { unknownCase } from '../read-case.js';
import { clearEmergency, keepEmergency, waitingEmergencies } from './store/emergency-marks.js';
import type { Using } from '../parts.js';

export interface EmergencyDeps extends TaskDeps, Using<'meaning' | 'notificationRules'> {
  readonly identity: { readonly rules: { readonly standIns: StandIns } };
}

/** Channels that the words suggest, emergencies first. */
export async function channelsSaid(
  { laws, meaning }: Pick<EmergencyDeps, 'laws' | 'meaning'>,
  transaction: Transaction,
  { title, content }: Pick<WorkOrder, 'content'> & { readonly title: string | null },
): Promise<{
  readonly table: number;
  readonly found: readonly { readonly channel: OtherChannel; readonly word: string }[];
}> {
  const { version, channels } = await otherChannelsInForce(transaction, laws.today());
  const text = `${title ?? ''}\n${content}`;
  return { table: version, found: channelsIn(text, channels, meaning(text)) };
}

/** Marks the sheet, once, if it waits to be registered: whoever registers a sheet while accepting it has read it. */
export async function markEmergency(
  deps: EmergencyDeps,
  transaction: Transaction,
  sheet: WorkOrder,
  actor: string,
): Promise<void> {
  if (sheet.realm !== 'live') return;
  const said = await channelsSaid(deps, transaction, sheet);
  if (!said.found.some(({ channel }) => channel.emergency)) return;
  const file = (await loadCasesByKey(transaction, [sheet.no])).get(sheet.no);
  const waits = [...(file?.tasks.values() ?? [])].some(({ deeds }) => deeds.includes('matter.registered'));
  if (file && waits)
    await mark(deps, transaction, file, { ...said, said: 'at-receipt', actor, standIns: {} });
}

/** Marks words that a caller adds, whether the matter is registered or not: nobody has read them yet. */
export async function markInAddition(
  deps: EmergencyDeps,
  transaction: Transaction,
  file: CaseFile,
  { text, ...by }: Pick<Said, 'actor' | 'standIns'> & { readonly text: string },
): Promise<void> {
  if (file.realm !== 'live') return;
  const said = await channelsSaid(deps, transaction, { title: null, content: text });
  await mark(deps, transaction, file, { ...said, said: 'in-addition', ...by });
}

type Said = Awaited<ReturnType<typeof channelsSaid>> & {
  readonly said: 'at-receipt' | 'in-addition';
  readonly actor: string;
  /** Stand-ins in the case, by the role they replace. */
  readonly standIns: Readonly<Record<string, string>>;
};

async function mark(
  deps: EmergencyDeps,
  transaction: Transaction,
  file: CaseFile,
  { table, found, said, actor, standIns }: Said,
): Promise<void> {
  const no = file.businessKey;
  const emergencies = found.filter(({ channel }) => channel.emergency);
  if (emergencies.length === 0) return;
  const at = deps.clock.now();
  const article = provisionFor('ways-of-handling', deps.laws.ofCase(file));
  const answer = await amendCase(deps, transaction, file, {
    ...{ at, type: 'emergency.suspected', actor },
    body: { said, channels: emergencies.map(({ channel }) => channel.key), table, provisions: [article] },
    // Sealed, because these words may describe a person.
    sealed: [seal('words', emergencies.map(({ word }) => word).join('、'))],
  });
  const seq = entryNumber(deps.trail, answer, 'emergency.suspected');
  const channels = emergencies.map(({ channel: { key, name, dial, reach } }) => ({ key, name, dial, reach }));
  await keepEmergency(transaction, { no, entry: seq, channels, at });
  const bodies = deps.identity.rules.standIns;
  const names = channels.map(({ name }) => name);
  await announceEmergency(
    transaction,
    { rules: deps.notificationRules, bodies },
    { workOrder: no, said, at, article, seq, channels: names, standIns },
  );
}

/**
 * Records that somebody called the emergency number, or found that there is no emergency; their
 * words are sealed.
 *
 * @throws {Refusal} `case.not-found`; `emergency.none-waiting` if nothing is marked, or the sheet
 * still waits to be registered
 */
export async function settleEmergency(
  deps: TaskDeps,
  no: string,
  { note, actor }: { readonly note: string; readonly actor: string },
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const id = (await loadCasesByKey(transaction, [no])).get(no)?.id;
    const file = id === undefined ? undefined : (await lockCases(transaction, [id])).get(id);
    if (!file) throw unknownCase(no, deps.laws.today());
    const [waiting] = await waitingEmergencies(transaction, no);
    if (!waiting) {
      throw new Refusal('emergency.none-waiting', `工单 ${no} 没有标着疑似警情`, {
        remedy: '别人可能刚刚处理过，重新打开工单看轨迹',
      });
    }
    const at = deps.clock.now();
    await amendCase(deps, transaction, file, {
      ...{ at, type: 'emergency.settled', actor },
      body: {
        channels: waiting.channels.map(({ key }) => key),
        provisions: restingOn('ways-of-handling', deps.laws.ofCase(file)),
      },
      sealed: [seal('note', note)],
    });
    await clearEmergency(transaction, no, at);
  });
}
