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
import { markOf, marks, pageOf } from '../cursor.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { unitName } from '../../kernel/unit-name.js';
import { provisionView } from '../views/provision-view.js';

export function notificationHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof notificationOperations> {
  return {
    readInbox: async ({ viewer, query: { limit, cursor, ...query } }, transaction) => {
      const recipient = parseRecipient(query.recipient);
      assertTheirs(viewer, recipient);
      const unread = query.unread === 'true';
      const before = markOf(marks.id, cursor)?.[0];
      const whose = { recipient, without: viewer.recusedFrom };
      const read = await readInbox(transaction, {
        ...whose,
        ...{ unread, title: query.title, limit: limit + 1 },
        ...(before === undefined ? {} : { before: Number(before) }),
      });
      const counts = await countInbox(transaction, { ...whose, title: query.title }, mostCounted);
      const groups = await unreadByTitle(transaction, whose, mostCounted);
      const { rows, next } = pageOf(read, limit, ({ id }) => [String(id)]);
      const total = unread ? counts.unread : counts.all;
      return {
        total: Math.min(total, mostCounted),
        totalOrMore: total > mostCounted,
        unread: Math.min(counts.unread, mostCounted),
        unreadOrMore: counts.unread > mostCounted,
        groups,
        limit,
        next,
        items: rows.map(notificationView),
      };
    },
    markNotificationRead: async ({ params: { id }, viewer }, transaction) => {
      const read = await markRead(transaction, id, { at: deps.clock.now(), actor: viewer.actor });
      if (!read || !isTheirs(viewer, read.recipient)) throw unknown(id);
      return notificationView(read);
    },
    markNotificationsRead: async ({ body, viewer }, transaction) => {
      const recipient = parseRecipient(body.recipient);
      assertTheirs(viewer, recipient);
      const whose = { ...body, recipient, without: viewer.recusedFrom };
      return {
        marked: await markManyRead(transaction, whose, { at: deps.clock.now(), actor: viewer.actor }),
      };
    },
    listChannels: async (_, transaction) => {
      const channels = await listChannels(transaction);
      const law = deps.laws.today();
      return { items: channels.map((channel) => channelView(channel, law)) };
    },
    addChannel: async ({ body: { secret: given, ...body }, viewer }) => {
      const { channel, secret } = await addChannel(deps, {
        ...body,
        actor: viewer.actor,
        ...(given === undefined ? {} : { secret: given }),
      });
      return { ...channelView(channel, deps.laws.today()), secret };
    },
    endChannel: async ({ params: { id }, viewer: { actor } }) =>
      channelView(await endChannel(deps, id, actor), deps.laws.today()),
    testChannel: async ({ params: { id }, viewer: { actor } }) => {
      const failure = await testChannel(deps, id, actor);
      return { arrived: failure === undefined, failure: failure ?? null };
    },
  };
}

/** The same answer as for another person's notice, so that it does not reveal the notice's existence. */
const unknown = (id: number): Refusal =>
  new Refusal('notification.not-found', `没有编号为 ${id} 的通知`, {
    remedy: '编号见 GET /api/notifications',
  });

/** Whether the inbox is the viewer's: of their unit, their duty or themselves. */
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

function notificationView({ article, ...rest }: Notification) {
  return { ...rest, article: article === null ? null : provisionView(article) };
}

function channelView(rest: Channel, law: Law) {
  const [kind, ...name] = rest.recipient.split(':');
  return { ...rest, recipientName: kind === 'role' ? (roleName(name.join(':'), law) ?? '') : name.join(':') };
}
