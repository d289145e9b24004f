/** Notifications read in the inbox and sent by webhook and mail, including failures. */
import { expect } from 'chai';
import { dispatched } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import { refused } from './accounts-asking.js';
import { mailServer, receiver, sending, tryAgain } from './accounts-receivers.js';
import type { Day } from './day.js';

const job = 'notification.deliver';
const days = 86_400_000;
const unit = 'unit:某水务局';

interface Inbox {
  readonly items: readonly { readonly id: number; readonly title: string; readonly recipient: string }[];
}

export const notifications = (day: Day): Promise<void> =>
  sending(day, async () => {
    const operator = () => day.person({ login: 'acc-operator', roles: ['system-admin'] });
    const add = async (
      recipient: string,
      kind: string,
      address: string,
      secret?: string,
    ): Promise<number> => {
      const body = { recipient, kind, address, ...(secret === undefined ? {} : { secret }) };
      return ((await day.call('addChannel', { as: await operator(), body })) as { id: number }).id;
    };
    const own = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
    const [hook, mail] = [
      await add(unit, 'webhook', `${receiver().url}/unit`, own),
      await add('role:supervisor', 'email', 'duban@example.gov.cn'),
    ];
    const other = await add('person:王登录', 'webhook', `${receiver().url}/person`);
    const again = { recipient: unit, kind: 'webhook', address: `${receiver().url}/unit` };
    const path = '/api/notification-channels';
    await refused(day, 'channel.exists', path, { as: await operator(), body: again });
    await tried(day, [hook, mail]);
    await dispatched(day.served.url);
    await day.work();
    day.later(10 * days);
    await day.work();
    expect(mailServer().received.length).to.be.greaterThan(1);
    await reading(day);
    await failing(day);
    for (const id of [hook, mail, other])
      await day.call('endChannel', { as: await operator(), params: { id } });
    await add(unit, 'webhook', `${receiver().url}/unit`).then(async (id) =>
      day.call('endChannel', { as: await operator(), params: { id } }),
    );
  });

async function tried(day: Day, channels: readonly number[]): Promise<void> {
  const test = async (id: number) => {
    const as = await day.person({ login: 'acc-operator', roles: ['system-admin'] });
    return (await day.call('testChannel', { as, params: { id } })) as { arrived: boolean };
  };
  for (const id of channels) expect(await test(id)).to.include({ arrived: true });
  receiver().answer = 500;
  mailServer().refuse = true;
  for (const id of channels) expect(await test(id)).to.include({ arrived: false });
  receiver().answer = 200;
  mailServer().refuse = false;
}

async function reading(day: Day): Promise<void> {
  const handlerOf = (login: string): Promise<SignedIn> =>
    day.person({ login, unit: '某水务局', kind: 'department', roles: ['handler'] });
  const [one, other] = [await handlerOf('acc-handler-1'), await handlerOf('acc-handler-2')];
  const unread = async (): Promise<Inbox> =>
    (await day.call('readInbox', { as: one, query: { recipient: unit, unread: 'true' } })) as Inbox;
  const [first, second] = (await unread()).items;
  for (const as of [one, other])
    await day.call('markNotificationRead', { as, params: { id: first?.id ?? 0 } });
  const mark = (more: object) => ({ as: other, body: { recipient: unit, ...more } });
  await day.call('markNotificationsRead', mark({ title: second?.title, upTo: second?.id }));
  const { items } = await unread();
  await day.call('markNotificationsRead', mark({ upTo: items[0]?.id ?? second?.id }));
  await day.call('markNotificationsRead', mark({ upTo: items[0]?.id ?? second?.id }));
  const foreign = '/api/notifications?recipient=role%3Asupervisor';
  await refused(day, 'access.denied', foreign, { as: one });
}

/** The system administrator queues failed items again: given up, or waiting for a retry. */
async function failing(day: Day): Promise<void> {
  receiver().answer = 503;
  await dispatched(day.served.url);
  await day.work();
  for (let tries = 0; tries < 11; tries += 1) await tryAgain(day, job);
  await dispatched(day.served.url);
  await day.work();
  receiver().answer = 200;
  const as = await day.person({ login: 'acc-operator', roles: ['system-admin'] });
  const { items } = (await day.call('listFailedJobs', { as, query: { retrying: 'true', name: job } })) as {
    items: readonly { id: number; nextTry: string | null }[];
  };
  expect(new Set(items.map(({ nextTry }) => nextTry === null))).to.deep.equal(new Set([true, false]));
  for (const { id } of items) await day.call('retryJob', { as, params: { id } });
  const before = receiver().received.length;
  await day.work();
  expect(receiver().received.length).to.be.greaterThan(before);
  await refused(day, 'job.not-found', `/api/jobs/${items[0]?.id}/retry`, { as, body: {} });
}
