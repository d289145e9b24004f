import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { Viewer } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import {
  addChannel,
  countInbox,
  endChannel,
  listChannels,
  markManyRead,
  markRead,
  parseRecipient,
  readInbox,
  testChannel,
  unreadByTitle,
  type Channel,
  type Notification,
} from '../../channel/notification/index.js';
import type { notificationOperations } from '../contract/notification.js';
import { mostCounted } from '../contract/primitives.js';
import { roleName } from '../contract/role-name.js';
import { provisionLabel } from '../../law/regulation/model/index.js';
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { unitName } from '../../kernel/unit-name.js';

export function notificationHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof notificationOperations> {
  return {
    readInbox: async ({ viewer, query: { limit, cursor, ...query } }) => {
      const recipient = parseRecipient(query.recipient);
      assertTheirs(viewer, recipient);
      const unread = query.unread === 'true';
      const before = markOf(marks.id, cursor)?.[0];
      const whose = { recipient, without: viewer.recusedFrom };
      const [read, counts, groups] = await deps.database.transaction(async (transaction) => [
        await readInbox(transaction, {
          ...whose,
          unread,
          title: query.title,
          limit: limit + 1,
          ...(before === undefined ? {} : { before: Number(before) }),
        }),
        await countInbox(transaction, { ...whose, title: query.title }, mostCounted),
        await unreadByTitle(transaction, whose, mostCounted),
      ]);
      const { rows, next } = pageOf(read, limit, ({ id }) => [String(id)]);
      const total = unread ? counts.unread : counts.all;
      return {
        status: 200,
        body: {
          total: Math.min(total, mostCounted),
          totalOrMore: total > mostCounted,
          unread: Math.min(counts.unread, mostCounted),
          unreadOrMore: counts.unread > mostCounted,
          groups,
          limit,
          next,
          items: rows.map(notificationView),
        },
      };
    },
    markNotificationRead: async ({ params: { id }, viewer }) => {
      const read = await deps.database.transaction(async (transaction) => {
        const marked = await markRead(transaction, id, { at: deps.clock.now(), actor: viewer.actor });
        if (marked && !isTheirs(viewer, marked.recipient)) throw unknown(id);
        return marked;
      });
      if (!read) throw unknown(id);
      return { status: 200, body: notificationView(read) };
    },
    markNotificationsRead: async ({ body, viewer }) => {
      const recipient = parseRecipient(body.recipient);
      assertTheirs(viewer, recipient);
      const marked = await deps.database.transaction((transaction) =>
        markManyRead(
          transaction,
          { ...body, recipient, without: viewer.recusedFrom },
          { at: deps.clock.now(), actor: viewer.actor },
        ),
      );
      return { status: 200, body: { marked } };
    },
    listChannels: async () => {
      const channels = await deps.database.transaction(listChannels);
      const law = deps.laws.today();
      return { status: 200, body: { items: channels.map((channel) => channelView(channel, law)) } };
    },
    addChannel: async ({ body: { secret: given, ...body }, viewer }) => {
      const { channel, secret } = await addChannel(deps, {
        ...body,
        actor: viewer.actor,
        ...(given === undefined ? {} : { secret: given }),
      });
      return { status: 201, body: { ...channelView(channel, deps.laws.today()), secret } };
    },
    endChannel: async ({ params: { id }, viewer: { actor } }) => ({
      status: 200,
      body: channelView(await endChannel(deps, id, actor), deps.laws.today()),
    }),
    testChannel: async ({ params: { id }, viewer: { actor } }) => {
      const failure = await testChannel(deps, id, actor);
      return { status: 200, body: { arrived: failure === undefined, failure: failure ?? null } };
    },
  };
}

/** The same answer for another person's notice: does not reveal that it exists. */
const unknown = (id: number): Refusal =>
  new Refusal('notification.not-found', `没有编号为 ${id} 的通知`, {
    remedy: '编号见 GET /api/notifications',
  });

/** A unit's, a duty's or a person's inbox. */
function isTheirs({ person, units, duties, roles, sight }: Viewer, recipient: string): boolean {
  const [kind, ...rest] = recipient.split(':');
  const name = rest.join(':');
  return kind === 'unit'
    ? sight.kind === 'all' || units.includes(unitName(name))
    : kind === 'role'
      ? [...duties, ...roles].includes(name)
      : [person.name, person.login].includes(name);
}

function assertTheirs(viewer: Viewer, recipient: string): void {
  if (isTheirs(viewer, recipient)) return;
  throw new Refusal('access.denied', `“${recipient.slice(0, 60)}”不是您的收件箱`, {
    where: 'recipient',
    remedy: '看本单位、本岗位和本人的收件箱',
  });
}

function notificationView({ at, recordedAt, readAt, article, ...rest }: Notification) {
  return {
    ...rest,
    article: article === null ? null : { id: article, label: provisionLabel(article) },
    at: toShanghaiIso(at),
    recordedAt: toShanghaiIso(recordedAt),
    readAt: readAt && toShanghaiIso(readAt),
  };
}

function channelView({ createdAt, endedAt, ...rest }: Channel, law: Law) {
  const [kind, ...name] = rest.recipient.split(':');
  return {
    ...rest,
    recipientName: kind === 'role' ? (roleName(name.join(':'), law) ?? '') : name.join(':'),
    createdAt: toShanghaiIso(createdAt),
    endedAt: endedAt && toShanghaiIso(endedAt),
  };
}
