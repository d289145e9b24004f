import type { z } from 'zod';
import { toShanghaiIso } from '../../calendar/index.js';
import { channelNames, kindNames, type WorkOrder } from '../../sheet/index.js';
import type { sheet, workOrderSummary } from '../contract/work-order.js';
import type { CaseSummary } from '../store/case-summary-store.js';

/** Art 16: whoever asked for confidentiality is not shown; of the others only the end of the contact. */
export function sheetView(order: WorkOrder): z.input<typeof sheet> {
  return {
    ...headView(order),
    content: order.content,
    callerName: order.confidential ? null : order.callerName,
    callerContact: order.confidential || order.callerContact === null ? null : lastFour(order.callerContact),
  };
}

export function summaryView(
  order: WorkOrder,
  summary: CaseSummary | undefined,
): z.input<typeof workOrderSummary> {
  return {
    ...headView(order),
    state: summary?.endedAt ? 'ended' : 'open',
    ...standingView(summary),
  };
}

/** How a case stands, in every list. */
export const standingView = (summary: CaseSummary | undefined) => ({
  due: summary?.dueAt ? toShanghaiIso(summary.dueAt) : null,
  provisional: summary?.provisional ?? false,
  level: summary?.level ?? null,
});

function headView(order: WorkOrder) {
  return {
    no: order.no,
    realm: order.realm,
    externalNo: order.externalNo,
    channel: order.channel,
    channelName: channelNames[order.channel],
    kind: order.kind,
    kindName: kindNames[order.kind],
    title: order.title,
    replyWanted: order.replyWanted,
    confidential: order.confidential,
    district: order.district,
    receivedAt: toShanghaiIso(order.receivedAt),
  };
}

/** The number of stars tells nothing of the length; a contact of a few characters is not shown at all. */
function lastFour(contact: string): string {
  const characters = [...contact];
  return characters.length < 8 ? '****' : `****${characters.slice(-4).join('')}`;
}
