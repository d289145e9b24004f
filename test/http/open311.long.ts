/** GeoReport v2 requests with every kind of fault: each gets an error in its format, none a 500. */
import { expect } from 'chai';
import fc from 'fast-check';
import { answered, post, send, useServer } from './serving.js';

const seed = Number(process.env['HOTLINE_FUZZ_SEED'] ?? 20261128);
const names = [
  ...['api_key', 'jurisdiction_id', 'service_code', 'lat', 'long', 'address_string', 'address_id', 'email'],
  ...['device_id', 'account_id', 'first_name', 'last_name', 'phone', 'description', 'media_url'],
  ...['attribute[x]', 'attribute[x][]', 'attribute[', '__proto__', 'constructor', ''],
];
const filters = [
  'service_request_id',
  'service_code',
  'start_date',
  'end_date',
  'status',
  'page',
  'page_size',
];

const oddText = fc.oneof(
  fc.constantFrom('', ' ', '\0', '\ud800', '1e999', '-1', 'NaN', '0x10', '9'.repeat(400), '甲'.repeat(5000)),
  fc.constantFrom('2026-02-30T00:00:00Z', '2026-01-01', 'open', "' OR 1=1--", '<script>', '../..', ',,,'),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '%'));
const pairs = (from: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...from), oddText), { maxLength: 8 })
    .map((all) => all.map(([name, text]) => `${encoded(name)}=${encoded(text)}`).join('&'));
const oddPath = oddText.map((text) => encoded(text) || 'x');

describe('Open311：乱写的请求', () => {
  const served = useServer();

  it('一千件各样的错，没有一件是 500，没有一件答得不成样子', async () => {
    const mapping = { content: 'message.description', kind: '"help"', callerContact: 'message.contact' };
    const given = { name: '客户端', channel: 'app', proof: 'api-key', mapping };
    const { secret } = answered(
      'addChannelSource',
      await post(served().url, '/api/channel-sources', given),
    ) as { secret: string };
    const services = await send(served().url, '/open311/v2/services.json', { as: 'nobody' });
    const [service] = services.json as { service_code: string }[];
    const good = `api_key=${secret}&service_code=${encoded(service?.service_code ?? '')}&lat=36.65&long=117.12`;
    const forms = pairs(names).chain((odd) => fc.constantFrom(odd, `${good}&${odd}`, `${odd}&${good}`));
    const types = fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; charset=gbk',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/json',
      '',
    );
    const queries = pairs([...filters, 'jurisdiction_id', '__proto__']);
    const gets = fc
      .tuple(fc.constantFrom('requests', 'services', 'tokens'), fc.option(oddPath), queries)
      .map(([what, id, query]) => ({
        method: 'GET',
        path: `/open311/v2/${what}${id === null ? '' : `/${id}`}.json?${query}`,
      }));
    const posts = fc.record({
      method: fc.constant('POST'),
      path: fc.constant('/open311/v2/requests.json'),
      headers: types.map((type) => ({ 'content-type': type, 'x-api-key': secret })),
      body: fc.oneof(
        { weight: 4, arbitrary: forms },
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        forms.map((form) => `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${form}\r\n--x--\r\n`),
      ),
    });
    const requests = fc.sample(fc.oneof(gets, posts), { numRuns: 1000, seed });
    const seen = new Map<number, number>();
    for (const { path, ...sent } of requests) {
      const reply = await send(served().url, path, { as: 'nobody', ...sent });
      const what = `${sent.method} ${path.slice(0, 200)}: ${reply.text.slice(0, 300)}`;
      expect(reply.status, what).to.be.lessThan(500);
      expect(typeof reply.json, what).to.equal('object');
      if (reply.status >= 400 && Array.isArray(reply.json)) {
        expect(reply.json[0], what).to.have.keys('code', 'description');
      }
      seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1);
    }
    expect(served().reported).to.deep.equal([]);
    for (const status of [200, 400, 404]) expect(seen.get(status), String(status)).to.be.greaterThan(10);
  });
});
