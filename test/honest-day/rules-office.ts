/** Officers who maintain the rules, and a draft's way from the first text to being in force. */
import type { z } from 'zod';
import type { draft } from '../../src/http/contract/draft.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import type { Newcomer, SignedIn } from '../support/people.js';
import { asUnchanged } from '../support/tried.js';
import type { Call, Day } from './day.js';

export type DraftView = z.input<typeof draft>;

export const minute = 60_000;
export const hour = 60 * minute;

const keepers = {
  editor: { login: 'rules-bianji1', name: '编辑甲', roles: ['compliance-editor'] },
  second: { login: 'rules-bianji2', name: '编辑乙', roles: ['compliance-editor'] },
  one: { login: 'rules-shenpi1', name: '审批甲', roles: ['compliance-approver'] },
  two: { login: 'rules-shenpi2', name: '审批乙', roles: ['compliance-approver'] },
  supervisor: { login: 'rules-duban', name: '督办甲', roles: ['supervisor'] },
  reviewer: { login: 'rules-shenhe', name: '审核甲', roles: ['reviewer'] },
} as const satisfies { readonly [who: string]: Newcomer };

export type Keeper = keyof typeof keepers;

/** With a session that stands now. */
const keeper = (day: Day, who: Keeper): Promise<SignedIn> => day.person(keepers[who]);

export async function callAs(
  day: Day,
  who: Keeper,
  id: OperationId,
  call: Omit<Call, 'as'> = {},
): Promise<unknown> {
  return day.call(id, { ...call, as: await keeper(day, who) });
}

/** An act on a draft. */
export async function onDraft(
  day: Day,
  who: Keeper,
  id: OperationId,
  one: { readonly id: number },
  body?: object,
): Promise<DraftView> {
  const sent = body === undefined ? {} : { body };
  return (await callAs(day, who, id, { params: { id: one.id }, ...sent })) as DraftView;
}

interface Begun {
  readonly key: string;
  readonly title: string;
  readonly source?: string;
}

export async function begin(day: Day, body: Begun, who: Keeper = 'editor'): Promise<DraftView> {
  return (await callAs(day, who, 'createDraft', { body: { reason: '按会议纪要', ...body } })) as DraftView;
}

/** Stores a trial without findings for the draft. */
export async function handIn(
  day: Day,
  one: DraftView,
  who: Keeper = 'editor',
  reasons: readonly object[] = [],
): Promise<DraftView> {
  await asUnchanged(day.served.system, one);
  return onDraft(day, who, 'submitDraft', one, { sha256: one.sha256, comment: '请审', reasons });
}

/** Approved by one person, and by another if two are needed. */
export async function approved(day: Day, { id, sha256 }: DraftView): Promise<DraftView> {
  const first = await onDraft(day, 'one', 'approveDraft', { id }, { sha256, comment: '同意' });
  if (first.state === 'approved') return first;
  return onDraft(day, 'two', 'approveDraft', { id }, { sha256, comment: '同意，按期施行' });
}

export const scheduled = (day: Day, { id, sha256 }: DraftView, inForceFrom?: Date): Promise<DraftView> =>
  onDraft(
    day,
    'one',
    'scheduleDraft',
    { id },
    { sha256, reason: '按期', ...(inForceFrom ? { inForceFrom: inForceFrom.toISOString() } : {}) },
  );

/** From submission until it is in force, a minute later. */
export async function enacted(
  day: Day,
  one: DraftView,
  who: Keeper = 'editor',
  reasons: readonly object[] = [],
): Promise<DraftView> {
  const planned = await scheduled(day, await approved(day, await handIn(day, one, who, reasons)));
  day.later(minute);
  await day.work();
  return planned;
}

/** The version of a process or a table that is in force. */
export async function versionOf(day: Day, key: string): Promise<number> {
  const read = (await callAs(day, 'editor', 'readDefinition', { params: { key } })) as {
    readonly version: number;
  };
  return read.version;
}

/** The date in Beijing, this many days from now. */
export function dateIn(day: Day, days: number): string {
  const at = day.served.system.clock.now().getTime() + days * 24 * hour;
  return new Date(at + 8 * hour).toISOString().slice(0, 10);
}
