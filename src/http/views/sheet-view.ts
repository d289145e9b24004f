import type { Said } from '../contract/operation.js';
import type { Principal } from '../../identity/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import type { CaseView } from '../../cases/index.js';
import { channelName, kindName } from '../../kernel/kinds.js';
import type { Law, Laws } from '../../kernel/law.js';
import { asRegistered, type KeptSheet, type SheetHead } from '../../sheet/index.js';
import type { sheet, workOrderSummary } from '../contract/work-order.js';
import type { CaseSummary } from '../store/case-summary-store.js';
import { callerView } from './caller-view.js';
import { placeView } from './place-view.js';

export function sheetView(
  order: KeptSheet,
  file: CaseView['file'],
  trail: readonly TrailEntry[],
  viewer: Principal,
  laws: Laws,
): Said<typeof sheet> {
  const law = laws.ofCase(file);
  return {
    ...headView(order, laws.today()),
    // The value in force, which the correction form shows first.
    replyWanted: asRegistered(order, file.variables).replyWanted,
    content: order.content,
    place: placeView(order, file, trail, viewer, law),
    ...callerView(order, file, viewer, law),
  };
}

export function summaryView(
  order: SheetHead,
  summary: CaseSummary | undefined,
  marked: ReadonlySet<string>,
  law: Law,
): Said<typeof workOrderSummary> {
  return {
    ...headView(order, law),
    state: summary?.endedAt ? 'ended' : 'open',
    ...standingView(summary),
    ...markView(order.no, marked),
  };
}

/** @param marked cases in which verification has found something */
export const markView = (no: string, marked: ReadonlySet<string>) =>
  marked.has(no) ? { altered: true as const } : {};

/** State of a case in lists. */
export const standingView = (summary: CaseSummary | undefined) => ({
  due: summary?.dueAt ?? null,
  provisional: summary?.provisional ?? false,
  upstreamLimit: summary?.upstreamLimit ?? false,
  level: summary?.level ?? null,
});

function headView(order: SheetHead, law: Law) {
  return {
    no: order.no,
    realm: order.realm,
    externalNo: order.externalNo,
    channel: order.channel,
    channelName: channelName(order.channel, law),
    kind: order.kind,
    kindName: kindName(order.kind, law),
    title: order.title,
    replyWanted: order.replyWanted,
    confidential: order.confidential,
    language: order.language,
    messagesWanted: order.messagesWanted,
    district: order.district,
    receivedAt: order.receivedAt,
  };
}
