/** Subscriptions of other systems: events sent, resent, given up; secrets renewed, addresses changed, closed. */
import { expect } from 'chai';
import { eventTypes } from '../../src/channel/notification/event-types/index.js';
import { accept, dispatched } from '../http/serving.js';
import { refused } from './accounts-asking.js';
import { receiver, sending, tryAgain } from './accounts-receivers.js';
import { addSystem } from './accounts-systems.js';
import type { Day } from './day.js';

const job = 'notification.event';
const days = 86_400_000;
const accepted = eventTypes.filter((type) => type.endsWith('sheet.accepted'));

interface Listed {
  readonly id: number;
  readonly address: string;
  readonly closedBy: string | null;
}

export const subscriptions = (day: Day): Promise<void> =>
  sending(day, async () => {
    const officer = () => day.person({ login: 'acc-officer', roles: ['security-admin'] });
    const as = await officer();
    // The unit comes to be with its first case.
    await dispatched(day.served.url);
    const [city, unit] = [
      await addSystem(day, as, '帐号篇数据平台'),
      await addSystem(day, as, '帐号篇水务平台', '某水务局'),
    ];
    const subscribe = async (system: number, path: string, more: object = {}): Promise<number> => {
      const body = { address: `${receiver().url}/${path}`, types: eventTypes, ...more };
      const added = await day.call('addSubscription', { as: await officer(), params: { id: system }, body });
      return (added as { id: number }).id;
    };
    const all = await subscribe(city, 'all');
    const some = await subscribe(city, 'some', { types: accepted, unit: '帐号篇department' });
    const own = await subscribe(unit, 'own');
    const same = { address: `${receiver().url}/all`, types: eventTypes };
    await refused(day, 'subscription.exists', `/api/systems/${city}/subscriptions`, { as, body: same });
    await dispatched(day.served.url);
    await day.work();
    expect(receiver().received.length).to.be.greaterThan(2);
    await changes(day, all, some);
    await arrivesLate(day);
    await day.call('closeSubscription', { as: await officer(), params: { id: own } });
    await day.call('closeSystem', { as: await officer(), params: { id: unit } });
    await day.call('closeSubscription', { as: await officer(), params: { id: some } });
    await givenUp(day, [all, await subscribe(city, 'dead')]);
    const again = await subscribe(city, 'all');
    await day.call('closeSubscription', { as: await officer(), params: { id: again } });
    await subscribe(city, 'all');
    await day.call('closeSystem', { as: await officer(), params: { id: city } });
    await accept(day.served.url);
    await day.work();
  });

async function changes(day: Day, all: number, some: number): Promise<void> {
  const as = await day.person({ login: 'acc-officer', roles: ['security-admin'] });
  for (let twice = 0; twice < 2; twice += 1)
    await day.call('rotateSubscriptionSecret', { as, params: { id: all } });
  await day.call('testSubscription', { as, params: { id: all } });
  receiver().answer = 410;
  await day.call('testSubscription', { as, params: { id: some } });
  receiver().answer = 200;
  const body = { address: `${receiver().url}/changed`, types: eventTypes.slice(0, 3) };
  await day.call('changeSubscription', { as, params: { id: some }, body: { ...body, unit: '某水务局' } });
  await day.call('changeSubscription', { as, params: { id: some }, body });
  await day.call('changeSubscription', { as, params: { id: some }, body });
}

/** The receiver is out of order for a while. */
async function arrivesLate(day: Day): Promise<void> {
  receiver().answer = 503;
  await accept(day.served.url);
  await day.work();
  receiver().answer = 200;
  const before = receiver().received.length;
  await tryAgain(day, job);
  expect(receiver().received.length).to.be.greaterThan(before);
}

/** Failing for a week: the program closes the subscriptions and notifies the security administrator. */
async function givenUp(day: Day, ids: readonly number[]): Promise<void> {
  receiver().answer = 503;
  await accept(day.served.url);
  await day.work();
  day.later(8 * days);
  await tryAgain(day, job);
  receiver().answer = 200;
  const { items } = (await day.call('listSubscriptions')) as { items: readonly Listed[] };
  for (const id of ids) expect(items.find((one) => one.id === id)?.closedBy).to.equal('系统');
}
