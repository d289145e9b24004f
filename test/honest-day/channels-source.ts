/** Sources of requests, and their messages. */
import { createHmac } from 'node:crypto';
import type { Outside } from './channels-receivers.js';
import type { Day } from './day.js';

export interface Source {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly secret: string;
}

export interface Outcome {
  readonly status: string;
  readonly workOrder: string;
  readonly callerSecret: string;
  readonly reason: string | null;
}

export const smsMapping = {
  content: 'message.text',
  kind: 'if message.type = "投诉" then "complaint" else "help"',
  callerContact: 'message.from',
  messageId: 'string(message.id)',
};

export const addSource = async (day: Day, name: string, given: object = {}): Promise<Source> =>
  (await day.call('addChannelSource', {
    body: { name: `渠道的${name}`, channel: 'sms', proof: 'token', mapping: smsMapping, ...given },
  })) as Source;

/** Messages to the source's callers go to the gateway. */
export const sendsTo = async (day: Day, { id }: Source, { address }: Outside): Promise<void> => {
  await day.call('setSourceOutgoing', { params: { id }, body: { address } });
};

const keyOf = ({ address }: Source): string => address.split('/').at(-2) ?? '';

export const byToken = ({ secret }: Source, id?: string) => ({
  ...{ 'content-type': 'application/json', 'x-channel-token': secret },
  ...(id === undefined ? {} : { 'webhook-id': id }),
});

/** As Standard Webhooks has it, over the bytes as they are sent. */
export function signed(day: Day, { secret }: Source, body: string | Buffer, id: string) {
  const timestamp = String(Math.floor(day.served.system.clock.now().getTime() / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return {
    ...{ 'content-type': 'application/json', 'webhook-id': id },
    ...{ 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` },
  };
}

export const deliver = async (
  day: Day,
  to: Source,
  body: string | Buffer | object,
  headers: { readonly [name: string]: string } = byToken(to),
): Promise<Outcome> =>
  (await day.call('receiveChannelMessage', {
    params: { key: keyOf(to) },
    headers,
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  })) as Outcome;

/** A message of somebody else, or an old one: refused, without any effect. */
export const refused = (day: Day, to: Source, body: string, headers: { readonly [name: string]: string }) =>
  day.sendTo(to.address, { method: 'POST', headers, body });

/** Messages of that source that wait for a person, first come first. */
export async function asideOf(day: Day, { name }: Source): Promise<readonly number[]> {
  const { items } = (await day.call('listPutAside', { query: { limit: '200' } })) as {
    readonly items: readonly { readonly id: number; readonly sourceName: string }[];
  };
  return items.filter(({ sourceName }) => sourceName === name).map(({ id }) => id);
}
