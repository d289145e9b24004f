/** Open311: requests with every field and with few, sent again, with files; those that are refused. */
import { expect } from 'chai';
import { photoWithPlace } from '../support/sample-files.js';
import { minutes, onTheSpot, toUnit, walked } from './caller-cases.js';
import { addSource, type Source } from './channels-source.js';
import type { Day } from './day.js';

const mapping = {
  ...{ content: 'message.description', kind: '"help"', callerName: 'message.name' },
  ...{ callerContact: 'message.contact', callerAddress: 'message.address', place: 'message.address_string' },
};
const path = '/open311/v2/requests.json';
type Fields = Readonly<Record<string, string>>;

const submit = (day: Day, fields: Fields, headers: Fields = {}) =>
  day.sendTo(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
    body: new URLSearchParams(fields).toString(),
  });

async function created(day: Day, fields: Fields, headers: Fields = {}): Promise<string> {
  const { status, text, json } = await submit(day, fields, headers);
  expect(status, text).to.equal(200);
  return (json as { service_request_id: string }[])[0]?.service_request_id ?? '';
}

export async function open311(day: Day): Promise<void> {
  const client = await addSource(day, '开放三一一', { channel: 'app', proof: 'api-key', mapping });
  const services = (await day.sendTo('/open311/v2/services.json')).json as { service_code: string }[];
  const [code = '', other = ''] = services.map(({ service_code }) => service_code);
  const spot = { service_code: code, lat: '36.6512', long: '117.1201' };
  const requestOf = (description: string, more: Fields = {}): Fields => ({
    ...{ api_key: client.secret, ...spot, description, ...more },
  });

  const first = requestOf('路灯坏了', {
    ...{ first_name: '乙', last_name: '王', phone: '13900005678', email: 'wang@example.com' },
    ...{ address_string: '某路三号', media_url: 'https://example.com/a.jpg' },
  });
  const numbers = await Promise.all([1, 2, 3].map(() => created(day, first)));
  expect(new Set(numbers).size).to.equal(1);
  const [one = ''] = numbers;
  await walked(day, one, ...toUnit());
  const { api_key, service_code } = first;
  const few = await created(day, {
    ...{ api_key: api_key ?? '', service_code: other || (service_code ?? '') },
    address_string: '泉城广场东门',
  });
  await walked(day, few, ...onTheSpot('今晚修好。'));
  await created(day, requestOf('三号楼着火了'));
  const keyed = requestOf('树倒了');
  const key = { 'idempotency-key': 'honest-1' };
  expect(await created(day, keyed, key)).to.equal(await created(day, keyed, key));
  day.later(minutes(30));
  expect(await created(day, first)).not.to.equal(one);
  await withFiles(day, client, spot);

  const { service_code: _code, ...without } = requestOf('没有写分类');
  for (const wrong of [
    without,
    requestOf('没有的分类', { service_code: '没有的' }),
    { ...first, lat: 'x' },
  ]) {
    expect((await submit(day, wrong)).status).to.be.within(400, 404);
  }
  expect((await submit(day, { ...first, api_key: 'x' })).status).to.equal(403);
  await day.sendTo(`/open311/v2/requests/${one}.json`, { headers: { 'x-api-key': client.secret } });

  const params = { id: client.id };
  await day.call('renewChannelSource', { params, body: { proof: 'api-key' } });
  expect((await submit(day, requestOf('旧钥匙'))).status).to.equal(403);
  await day.call('closeChannelSource', { params });
  await day.work();
}

async function withFiles(day: Day, { secret }: Source, spot: Fields): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...spot, description: '现场照片' })) form.append(name, value);
  form.append('media', new Blob([new Uint8Array(await photoWithPlace())]), '现场.jpg');
  form.append('media', new Blob(['<svg onload="x"/>']), 'x.svg');
  const packed = new Response(form);
  const body = Buffer.from(await packed.arrayBuffer());
  const headers = { 'content-type': packed.headers.get('content-type') ?? '', 'x-api-key': secret };
  for (const _ of [1, 2]) {
    const { status, text } = await day.sendTo(path, { method: 'POST', headers, body });
    expect(status, text).to.equal(200);
  }
}
