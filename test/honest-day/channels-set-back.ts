/** Messages to callers that fail: refused, given up, delivered after all, or without a recipient. */
import { expect } from 'chai';
import { onTheSpot, walked } from './caller-cases.js';
import { gatewayOf, sms, told } from './channels-messages.js';
import type { Outside } from './channels-receivers.js';
import type { Day } from './day.js';

/** Tries to send to the sheet's caller once more, because the queue's own retries take hours. */
export async function attempted(day: Day, no: string, attempt: number): Promise<void> {
  const { database, jobs } = day.served.system;
  const { rows } = await database.pool.query<{ payload: unknown }>(
    `SELECT payload FROM hotline_jobs._private_jobs
      WHERE payload ->> 'recipient' = $1`,
    [`工单 ${no} 的来电人`],
  );
  const job = jobs.find(({ name }) => name === 'message.send') ?? expect.fail('no such job');
  for (const { payload } of rows) {
    // The queue records a failure; the test then looks at the message's state.
    await job.work(payload, { attempt, signal: new AbortController().signal }).catch(() => undefined);
  }
}

const last = 12;

export async function setBack(day: Day, outside: Outside): Promise<void> {
  const to = await gatewayOf(day, outside, '出错的网关');
  const states = async (no: string) => (await told(day, no)).map(({ state }) => state);
  const waiting = [];
  outside.answer = 503;
  for (const _ of [1, 2, 3, 4, 5, 6]) waiting.push((await sms(day, to)).workOrder);
  await day.work();
  const [givenUp = '', late = '', erased = '', unwanted = '', corrected = '', closed = ''] = waiting;
  for (const no of waiting) expect(await states(no)).to.deep.equal(['waiting']);

  for (const no of [givenUp, late]) await attempted(day, no, last);
  await attempted(day, givenUp, last);
  expect(await states(givenUp)).to.deep.equal(['not-told']);
  outside.answer = 200;
  await attempted(day, late, last);
  await attempted(day, late, last);

  const keeper = await day.person({ login: 'channels-security', roles: ['security-admin'] });
  await day.call('eraseCaller', {
    params: { no: erased },
    body: { reason: '来电人要求删除' },
    as: keeper,
  });
  const correct = (no: string, change: object) =>
    day.call('correctWorkOrder', {
      params: { no },
      body: { basedOn: 0, reason: '来电人要求', ...change },
    });
  await correct(unwanted, { messagesWanted: false });
  await correct(corrected, { callerContact: '13800009999', language: 'en' });
  for (const no of [erased, unwanted, corrected]) await attempted(day, no, 2);
  expect(await states(erased)).to.deep.equal(['not-told']);
  expect(await states(unwanted)).to.deep.equal(['not-told']);
  expect(await states(corrected)).to.deep.equal(['told']);
  await day.work();

  outside.answer = 503;
  await walked(day, corrected, ...onTheSpot('修好了'));
  await day.work();
  await day.call('closeChannelSource', { params: { id: to.id } });
  outside.answer = 200;
  for (const no of [closed, corrected]) await attempted(day, no, 2);
  expect(await states(closed)).to.deep.equal(['not-told']);
  await day.work();
}
