/** Stuck cases: retried, repaired by two people, or by a corrected diagram. */
import { mendProcess, stalledCase } from '../support/stalling-process.js';
import { workJobs } from '../support/tried.js';
import type { Day } from './day.js';
import { callAs, minute, versionOf, type Keeper } from './rules-office.js';

interface Mendable {
  readonly basedOn: string;
  readonly tokens: readonly {
    readonly instance: number;
    readonly token: string;
    readonly at: { readonly id: string };
  }[];
}
interface Proposals {
  readonly items: readonly { readonly proposal: number; readonly void: string | null }[];
}
interface Incidents {
  readonly items: readonly { readonly key: string }[];
}

const helpers = { kind: 'set', name: 'helpers', value: true };

export async function incidents(day: Day): Promise<void> {
  for (const no of ['规则-抢修-1', '规则-抢修-2', '规则-抢修-3', '规则-抢修-4'])
    await stalledCase(day.served.system, no);
  await day.work();
  await retried(day, '规则-抢修-1', 'supervisor');
  await corrected(day, '规则-抢修-1');
  await moved(day, '规则-抢修-2');
  await forgone(day, '规则-抢修-3');
  await day.work();
  await betterDiagram(day, ['规则-抢修-3', '规则-抢修-4']);
}

async function retried(day: Day, workOrder: string, who: Keeper): Promise<void> {
  const { items } = (await callAs(day, who, 'listIncidents', { query: { workOrder } })) as Incidents;
  for (const { key } of items) await callAs(day, who, 'retryIncident', { body: { workOrder, key } });
}

const mendable = async (day: Day, workOrder: string): Promise<Mendable> =>
  (await callAs(day, 'editor', 'readMendable', { query: { workOrder } })) as Mendable;

/** @returns the open proposals, the oldest first */
async function proposed(day: Day, workOrder: string, acts: readonly object[]): Promise<readonly number[]> {
  const { basedOn } = await mendable(day, workOrder);
  for (const act of acts) {
    const body = { workOrder, basedOn, act };
    await callAs(day, 'one', 'previewIntervention', { body });
    await callAs(day, 'editor', 'proposeIntervention', { body: { ...body, reason: '现场说有人手' } });
  }
  const { items } = (await callAs(day, 'one', 'listProposals', { query: { workOrder } })) as Proposals;
  return items.filter((one) => one.void === null).map(({ proposal }) => proposal);
}

const approve = (day: Day, workOrder: string, proposal: number | undefined): Promise<unknown> =>
  callAs(day, 'one', 'approveIntervention', { body: { workOrder, proposal, comment: '属实' } });
const withdraw = (day: Day, who: Keeper, workOrder: string, proposal: number | undefined): Promise<unknown> =>
  callAs(day, who, 'withdrawIntervention', { body: { workOrder, proposal, reason: '另行提出' } });

async function corrected(day: Day, workOrder: string): Promise<void> {
  const [proposal] = await proposed(day, workOrder, [helpers]);
  await day.work();
  await approve(day, workOrder, proposal);
}

/** Withdraws one token, which voids the other proposal; then moves the other token. */
async function moved(day: Day, workOrder: string): Promise<void> {
  const { tokens } = await mendable(day, workOrder);
  const at = (id: string) => {
    const found = tokens.find((one) => one.at.id === id);
    return { instance: found?.instance, token: found?.token };
  };
  const move = { kind: 'move', ...at('work'), to: 'rescue' };
  const [first, second] = await proposed(day, workOrder, [move, { kind: 'withdraw', ...at('remind') }]);
  await approve(day, workOrder, second);
  await withdraw(day, 'editor', workOrder, first);
  const [again] = await proposed(day, workOrder, [move]);
  await approve(day, workOrder, again);
}

/** Proposed and withdrawn; proposed and not approved. */
async function forgone(day: Day, workOrder: string): Promise<void> {
  for (const who of ['editor', 'two'] as const) {
    const [proposal] = await proposed(day, workOrder, [helpers]);
    await withdraw(day, who, workOrder, proposal);
  }
}

/** The process is corrected, and cases stuck at the gateway continue with the new version. */
async function betterDiagram(day: Day, workOrders: readonly string[]): Promise<void> {
  const { system } = day.served;
  const from = await versionOf(day, 'stalling');
  await mendProcess(system);
  // By then every program knows which version is in force.
  day.later(minute);
  const body = { key: 'stalling', from, to: from + 1, reason: '网关有了出口' };
  const { id } = (await callAs(day, 'editor', 'proposeMigration', { body })) as { readonly id: number };
  const params = { id };
  await callAs(day, 'one', 'approveMigration', { params, body: { comment: '同意' } });
  await callAs(day, 'one', 'runMigration', { params });
  await workJobs(system);
  for (const workOrder of workOrders) await retried(day, workOrder, 'one');
  await day.work();
}
