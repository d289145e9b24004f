/**
 * Requests generated from the OpenAPI document: malformed in every way that can be sent, or
 * well-formed but meaningless.
 */
import fc from 'fast-check';
import { fitting, odd, type Documented } from './document.js';

const json = { 'content-type': 'application/json' };

export const somebodyWhoMay = -1;

/** A request, but for where there is something and who asks. */
export interface Made {
  readonly asker: number;
  readonly query: string;
  /** `known` uses existing ids; otherwise the text that replaces each. */
  readonly ids: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Buffer | undefined;
}

const oddPart = fc.oneof(
  fc.constantFrom(
    '%00',
    '%ED%A0%80',
    '%',
    '%ff',
    '..%2f..',
    "'%20OR%201=1--",
    '-1',
    '1e999',
    '0x10',
    '%E2%80%AE',
  ),
  fc.integer({ min: 100, max: 6000 }).map((length) => 'x'.repeat(length)),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => encodeURIComponent(text)),
);

/** Nothing that node itself would not send. */
const oddHeaders = fc.constantFrom<{ readonly [name: string]: string }>(
  {},
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { ...json, 'content-encoding': 'gzip' },
  { ...json, 'content-encoding': 'zstd' },
  { ...json, 'idempotency-key': 'k'.repeat(900) },
  { ...json, 'x-request-id': '<script>' },
  { ...json, accept: 'x'.repeat(5000) },
  { ...json, authorization: `Bearer ${'y'.repeat(3000)}` },
  { ...json, authorization: 'Basic Og==' },
  { ...json, cookie: `__Host-hotline=${'z'.repeat(43)}; a=${'"'.repeat(50)}` },
  { ...json, 'if-none-match': '*', range: 'bytes=0-' },
);

function oddBodyOf({ body }: Documented): fc.Arbitrary<string | Buffer | undefined> {
  if (!body) return fc.constantFrom(undefined, '', '{}', '[1]');
  const names = Object.keys(body.properties ?? { x: {} });
  const whole = fitting(body).map((value) => value as { readonly [name: string]: unknown });
  const withText = (value: object, name: string, text: string): string =>
    `{${[...Object.entries(value).filter(([key]) => key !== name), [name, undefined]]
      .map(([key, one]) => `${JSON.stringify(key)}:${key === name ? text : JSON.stringify(one)}`)
      .join(',')}}`;
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(whole, fc.constantFrom(...names), odd).map((made) => withText(...made)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(whole, fc.constantFrom('id', '__proto__', 'constructor', '甲'), odd)
        .map((made) => withText(...made)),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(whole, fc.constantFrom(...names))
        .map(([value, name]) => JSON.stringify({ ...value, [name]: undefined })),
    },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: whole.map((value) => JSON.stringify(value).slice(0, -1)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}

function queryOf(
  { parameters }: Documented,
  value: (name: string) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const own = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const pair = fc
    .constantFrom(...own, 'unknown', '__proto__')
    .chain((name) => value(name).map((text) => `${name}=${text}`));
  return fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join('&'));
}

/** Wrong somewhere, though sometimes valid by chance. */
export const malformed = (one: Documented): fc.Arbitrary<Made> =>
  fc.record({
    asker: fc.oneof(fc.constant(somebodyWhoMay), fc.nat()),
    query: queryOf(one, () => oddPart),
    ids: fc.oneof({ weight: 3, arbitrary: fc.constant('known') }, { weight: 1, arbitrary: oddPart }),
    headers: fc.oneof({ weight: 4, arbitrary: fc.constant(json) }, { weight: 1, arbitrary: oddHeaders }),
    body: oddBodyOf(one),
  });

/** Fits the document, so only the operation itself can find the fault. */
export const meaningless = (one: Documented): fc.Arbitrary<Made> => {
  const asked = one.parameters.filter((parameter) => parameter.in === 'query');
  const query = fc
    .record(Object.fromEntries(asked.map(({ name, schema }) => [name, fitting(schema)])))
    .map((values) =>
      new URLSearchParams(
        Object.entries(values).map(([k, v]) => [k, String(v)] as [string, string]),
      ).toString(),
    );
  return fc.record({
    asker: fc.constant(somebodyWhoMay),
    query,
    ids: fc.constant('known'),
    headers: fc.constant(json),
    body: one.body ? fitting(one.body).map((value) => JSON.stringify(value)) : fc.constant(undefined),
  });
};
