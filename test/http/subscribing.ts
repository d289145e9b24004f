/** Systems that subscribe to events at a real receiver, and the work that delivers them. */
import { expect } from 'chai';
import { after, afterEach, before } from 'mocha';
import { Webhook } from 'standardwebhooks';
import type { z } from 'zod';
import { sheetEvent } from '../../src/http/contract/subscription.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { eventTypes, type EventType } from '../../src/channel/notification/event-types/index.js';
import { useReceiver } from '../channel/notification/receiver.js';
import { answered, post, useServer } from './serving.js';

export type SheetEvent = z.input<typeof sheetEvent>;
export interface Subscribed {
  readonly id: number;
  readonly secret: string;
}

export const short = (type: string) => type.replace('cn.hotline12345.', '');
export const full = (type: string) => `cn.hotline12345.${type}` as EventType;

/** For the tests of one `describe`: three units; each test's subscriptions and queue are removed after it. */
export function useSubscribers() {
  // The receiver is on this machine, which an operator would permit.
  const name = 'HOTLINE_WEBHOOK_PRIVATE';
  const told = process.env[name];
  before(() => {
    process.env[name] = 'allow';
  });
  const served = useServer({ at: systemClock.now().toISOString() });
  const receiver = useReceiver();
  let count = 0;
  after(() => {
    if (told === undefined) delete process.env[name];
    else process.env[name] = told;
  });

  const query = (sql: string) => served().system.database.pool.query<{ [column: string]: unknown }>(sql);
  before(async () => {
    // Files are loaded long before their tests run, and signatures older than five minutes are
    // invalid.
    served().system.clock.moveTo(systemClock.now());
    const { people } = served().system.identity;
    await people.addUnit({ name: '市水务总局', kind: 'department' }, '测试');
    await people.addUnit({ name: '某水务局', kind: 'department', parent: '市水务总局' }, '测试');
    await people.addUnit({ name: '某城管局', kind: 'department' }, '测试');
  });
  afterEach(async () => {
    receiver().received.length = 0;
    receiver().answer = 200;
    await query('DELETE FROM hotline_jobs._private_jobs');
    await query(
      "UPDATE hotline.client_system SET closed_at = now(), closed_by = '测试' WHERE closed_at IS NULL",
    );
  });

  const officer = () => served().people.allowed(['security-admin']);
  const act = async (path: string, body: unknown = {}) => post(served().url, path, body, {}, await officer());
  const lastSystem = () => `订阅方${count}`;
  const system = async (unit?: string) => {
    count += 1;
    return (answered('addSystem', await act('/api/systems', { name: lastSystem(), unit })) as { id: number })
      .id;
  };
  const subscribe = async (more: { unit?: string; types?: readonly string[]; system?: number } = {}) => {
    const { system: known, ...rest } = more;
    const body = { address: receiver().url, types: eventTypes, ...rest };
    const reply = await act(`/api/systems/${known ?? (await system())}/subscriptions`, body);
    return answered('addSubscription', reply) as Subscribed;
  };
  const work = () =>
    createJobRunner({
      ...served().system,
      onError: (error) => expect.fail(String(error)),
    }).runDue();
  const again = () =>
    query('UPDATE hotline_jobs._private_jobs SET run_at = now() WHERE attempts < max_attempts');
  const received = () => receiver().received.map(({ body }) => sheetEvent.parse(JSON.parse(body)));
  const types = () => received().map(({ type }) => short(type));
  const verify = (secret: string, index = 0) => {
    const one = receiver().received[index];
    return new Webhook(secret).verify(one?.body ?? '', one?.headers as Record<string, string>) as SheetEvent;
  };
  return {
    served,
    receiver,
    query,
    officer,
    act,
    lastSystem,
    system,
    subscribe,
    work,
    again,
    received,
    types,
    verify,
  };
}
