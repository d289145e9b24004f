/** Messages that were set aside. A person turns each into a sheet, or dismisses it. */
import { Refusal } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import { storable, type Received } from './mapping.js';
import type { Accepted, ChannelsDeps } from './ports.js';
import { keepOrigin } from './store/origin-store.js';
import { listWaitingMessages, lockPutAside, settle, type PutAside } from './store/message-store.js';

type Dismissal = 'not-a-request' | 'advertising' | 'repeated' | 'test';

type ShownMessage = Omit<PutAside, 'raw'> & { readonly text: string; readonly cut: boolean };

const longestShown = 20_000;

/** Oldest first. */
export async function readPutAside(
  deps: ChannelsDeps,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly ShownMessage[]> {
  const rows = await deps.database.transaction((transaction) =>
    listWaitingMessages(transaction, deps.vault, page),
  );
  return rows.map(({ raw, ...row }) => {
    const text = storable(raw.toString('utf8'));
    return { ...row, text: text.slice(0, longestShown), cut: text.length > longestShown };
  });
}

/** Accepts the message as a request of its source. @throws {Refusal} `message.not-found`, refusals of acceptance */
export async function registerPutAside(
  deps: ChannelsDeps,
  id: number,
  request: Received,
  actor: string,
): Promise<Accepted> {
  return deps.database.transaction(async (transaction) => {
    const message = await messageIn(deps, transaction, id);
    const { channel, sourceName: name } = message;
    const source = { id: message.source, name };
    const accepted = await deps.accept(transaction, { ...request, channel, source }, actor);
    await keepOrigin(transaction, accepted.workOrder, message.source);
    await close(deps, transaction, message, { actor, workOrder: accepted.workOrder, why: null });
    return accepted;
  });
}

/** @throws {Refusal} `message.not-found` */
export async function dismissPutAside(
  deps: ChannelsDeps,
  id: number,
  why: Dismissal,
  actor: string,
): Promise<void> {
  await deps.database.transaction(async (transaction) => {
    const message = await messageIn(deps, transaction, id);
    await close(deps, transaction, message, { actor, workOrder: null, why });
  });
}

async function messageIn({ vault }: ChannelsDeps, transaction: Transaction, id: number): Promise<PutAside> {
  const message = await lockPutAside(transaction, vault, id);
  if (message) return message;
  throw new Refusal('message.not-found', `没有编号为 ${id} 的待处理来信`, {
    remedy: '别人可能已经处理过，刷新列表',
  });
}

async function close(
  { trail, clock }: ChannelsDeps,
  transaction: Transaction,
  { id, source, sourceName }: PutAside,
  { actor, workOrder, why }: { actor: string; workOrder: string | null; why: Dismissal | null },
): Promise<void> {
  const at = clock.now();
  await settle(transaction, id, { at, actor, workOrder });
  await trail.append(transaction, [
    {
      stream: 'channels',
      type: 'message.settled',
      at,
      body: { actor, source, name: sourceName, message: id, workOrder, why },
    },
  ]);
}
