/** A trail entry as people read it: one sentence, and names for the ids in its body. */
import type { z } from 'zod';
import type { TrailEntry } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { trailEntry } from '../contract/case.js';
import type { Elements } from '../definition-reader.js';
import { provisionLabel } from '../contract/provision-label.js';

export interface EntryContext {
  /** Of the version in which the entry's step ran. */
  readonly elements: Elements;
  readonly processName: (key: string) => string;
}

export function entryView(entry: TrailEntry, context: EntryContext): z.input<typeof trailEntry> {
  const { body } = entry;
  return {
    seq: entry.seq,
    type: entry.type,
    title: titleOf(entry, context),
    at: toShanghaiIso(entry.at),
    hash: entry.leaf,
    actor: typeof body.actor === 'string' ? body.actor : null,
    levels: strings(body.levels),
    provisions: strings(body.provisions).map((id) => ({ id, label: provisionLabel(id) })),
    names: namesIn(body, context.elements),
    body,
    sealed: entry.sealed,
  };
}

function titleOf({ type, body }: TrailEntry, { elements, processName }: EntryContext): string {
  const about = typeof body.of === 'string' ? (elements.get(body.of)?.name ?? body.of) : '';
  const process = typeof body.process === 'string' ? `“${processName(body.process)}”` : '';
  switch (type) {
    case 'instance.started':
      return `${process}流程开始`;
    case 'instance.cancelled':
      return `${process}流程撤销`;
    case 'task.completed':
      return `办结“${about}”`;
    case 'task.failed':
      return `“${about}”未能办成`;
    case 'timer.fired':
      return `计时到:${about}`;
    case 'message.received':
      return `${process}流程收到${typeof body.from === 'string' ? `“${processName(body.from)}”流程的` : ''}通知`;
    case 'deadline.recomputed':
      return `重算期限:${about}`;
    case 'deadline.rearmed':
      return `重新计时:${about}`;
    case 'escalation.revoked':
      return `撤回给早了的升级:${about}`;
    case 'escalation.redated':
      return `更正升级的时刻:${about}`;
    case 'outcome.corrected':
      return '更正办理结果';
    case 'sheet.classified':
      return '工单归类';
    case 'caller-secret.issued':
      return '重新发给来电人查询码';
    case 'signal.received':
      return `${process}流程收到信号`;
    default:
      return type;
  }
}

const idLists = ['entered', 'cancelled', 'waiting', 'withdrawn'] as const;

function namesIn(body: JsonObject, elements: Elements): { [id: string]: string } {
  const armed = Array.isArray(body.armed)
    ? (body.armed as readonly JsonObject[]).map((one) => one.element)
    : [];
  const ids = [...idLists.flatMap((list) => strings(body[list])), ...strings(armed), ...strings([body.of])];
  return Object.fromEntries(
    [...new Set(ids)].flatMap((id) => {
      const name = elements.get(id)?.name;
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
