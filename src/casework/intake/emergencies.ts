/**
 * Emergencies in requests that no agent typed: a request with such words is marked, those who register are told at
 * once, and it stands first in their list until it is registered.
 */
import {
  channelsIn,
  otherChannelsInForce,
  type Meaning,
  type OtherChannel,
} from '../../classification/index.js';
import { loadCasesByKey } from '../../engine/index.js';
import type { StandIns } from '../../identity/index.js';
import { seal } from '../../kernel/index.js';
import { provisionFor } from '../../kernel/law.js';
import { announceEmergency, type NotificationRules } from '../../notification/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { WorkOrder } from '../../sheet/index.js';
import type { TaskDeps } from '../tasks.js';
import { keepEmergency } from './store/emergency-marks.js';

export interface EmergencyDeps extends TaskDeps {
  readonly meaning: Meaning;
  readonly notificationRules: NotificationRules;
  readonly identity: { readonly rules: { readonly standIns: StandIns } };
}

/** Channels that the words suggest, emergencies first. */
export async function channelsSaid(
  { meaning }: Pick<EmergencyDeps, 'meaning'>,
  transaction: Transaction,
  { title, content }: Pick<WorkOrder, 'content'> & { readonly title: string | null },
): Promise<{
  readonly table: number;
  readonly found: readonly { readonly channel: OtherChannel; readonly word: string }[];
}> {
  const { version, channels } = await otherChannelsInForce(transaction);
  const text = `${title ?? ''}\n${content}`;
  return { table: version, found: channelsIn(text, channels, meaning(text)) };
}

/** Once a sheet, if it waits to be registered: who registers it while it is accepted has read it. */
export async function markEmergency(
  deps: EmergencyDeps,
  transaction: Transaction,
  sheet: WorkOrder,
  actor: string,
): Promise<void> {
  if (sheet.realm !== 'live') return;
  const { table, found } = await channelsSaid(deps, transaction, sheet);
  const emergencies = found.filter(({ channel }) => channel.emergency);
  if (emergencies.length === 0) return;
  const { no } = sheet;
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  const waits = [...(file?.tasks.values() ?? [])].some(({ deeds }) => deeds.includes('matter.registered'));
  if (!file || !waits) return;
  const at = deps.clock.now();
  const article = provisionFor('ways-of-handling');
  const [answer] = await deps.executor.executeIn(transaction, [
    {
      ...{ kind: 'amend', caseId: file.id, at, type: 'emergency.suspected', actor },
      body: { channels: emergencies.map(({ channel }) => channel.key), table, provisions: [article] },
      // What somebody said of themselves.
      sealed: [seal('words', emergencies.map(({ word }) => word).join('、'))],
    },
  ]);
  if (answer?.refusal) throw answer.refusal;
  const channels = emergencies.map(({ channel: { key, name, dial, reach } }) => ({ key, name, dial, reach }));
  await keepEmergency(transaction, { no, channels, at });
  const bookmark = answer?.file?.bookmark;
  if (bookmark === undefined || bookmark === null) return;
  await announceEmergency(
    transaction,
    { rules: deps.notificationRules, bodies: deps.identity.rules.standIns },
    {
      ...{ workOrder: no, at, article, seq: deps.trail.numberOf(bookmark) },
      channels: channels.map(({ name }) => name),
    },
  );
}
