/** Hundreds of malformed requests, generated from the document: each is refused by name, none is a 500. */
import { expect } from 'chai';
import { operations } from '../../src/http/contract/operations.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { accept, problemIn, send, useServer, type Sent } from './serving.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly enum?: readonly unknown[];
}

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly [type: string]: { readonly schema: Schema } } };
}

const document = openApiDocument('0', shippedLaw('2026-03-02'));
const json = { 'content-type': 'application/json' };

const oddTexts = [
  '',
  '%20',
  '%00',
  '%ED%A0%80',
  '%ff',
  '..%2f..',
  "'%20OR%201=1--",
  '%F0%9F%98%80',
  'x'.repeat(4000),
  '-1',
  '1e999',
  '%0d%0aX:%20y',
  'null',
  '[object%20Object]',
  '0x10',
  '%E2%80%AE',
  '999999999999999999999',
];
const oddValues = [
  'null',
  '0',
  '-1',
  '1e400',
  '1.5',
  'true',
  '""',
  '" "',
  '[]',
  '{}',
  '[[]]',
  '{"a":{"b":{}}}',
  '"\\u0000"',
  '"\\ud800"',
  `"${'x'.repeat(30_000)}"`,
  '9007199254740993',
  '"__proto__"',
];
const oddBodies = [
  '',
  'null',
  '0',
  '"x"',
  '[]',
  '[{}]',
  '{}',
  '{',
  '}',
  '{"a"}',
  'NaN',
  '{"__proto__":1}',
  '{"":""}',
  `{"a":${'{"a":'.repeat(500)}1${'}'.repeat(501)}`,
  '\u0000',
  '{"a":"\\x"}',
];
const oddHeaders: { [name: string]: string }[] = [
  { 'content-type': '' },
  { 'content-type': 'application/json; charset=utf-16' },
  { ...json, 'content-encoding': 'gzip' },
  { ...json, 'idempotency-key': ' ' },
  { ...json, 'idempotency-key': 'k'.repeat(300) },
  { ...json, accept: 'image/png' },
  { ...json, 'content-encoding': 'br' },
];

const schemaOf = (schema: Schema): Schema =>
  schema.$ref ? (document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;

/** The value that the document would accept for a field, as JSON. */
const plain = (schema: Schema): string =>
  JSON.stringify(
    schema.enum?.[0] ?? (schema.type === 'boolean' ? true : schema.type === 'object' ? {} : 'x'),
  );

type Case = Sent & { readonly path: string };

/** Every third one; the next parameter or field gets those after them, because all of them take three times as long. */
const everyThird = <T>(odd: readonly T[], of: number): readonly T[] =>
  odd.filter((_, at) => (at + of) % 3 === 0);

/** @param known existing ids by parameter, so that a body is refused for itself and not for its URL */
function casesOf(
  path: string,
  method: string,
  { parameters = [], requestBody }: Described,
  known: { readonly [parameter: string]: string },
): Case[] {
  const bare = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? 'x');
  const cases: Case[] = [];
  for (const [at, { name, in: place }] of parameters.entries()) {
    for (const text of everyThird(oddTexts, at)) {
      if (place === 'path')
        cases.push({ method, path: path.replace(`{${name}}`, text).replaceAll(/\{\w+\}/g, 'x') });
      if (place === 'query') cases.push({ method, path: `${bare}?${name}=${text}` });
    }
    if (place === 'query') cases.push({ method, path: `${bare}?${name}=1&${name}=2` });
  }
  if (!requestBody) {
    cases.push(
      { method, path: `${bare}?unknown=1` },
      { method: 'DELETE', path: bare },
      { method, path: `${bare}//` },
    );
    return cases;
  }
  const properties = Object.values(requestBody.content).flatMap(({ schema }) =>
    Object.entries(schemaOf(schema).properties ?? {}),
  );
  const bodyWith = (field: string, value: string): string =>
    `{${properties.map(([name, schema]) => `"${name}":${name === field ? value : plain(schema)}`).join(',')}}`;
  for (const [at, [field]] of properties.entries()) {
    for (const value of everyThird(oddValues, at))
      cases.push({ method, path: bare, headers: json, body: bodyWith(field, value) });
  }
  for (const body of oddBodies) cases.push({ method, path: bare, headers: json, body });
  for (const headers of oddHeaders) cases.push({ method, path: bare, headers, body: bodyWith('', '0') });
  return cases;
}

const allCases = (known: { readonly [parameter: string]: string }): Case[] =>
  Object.entries(document.paths ?? {})
    // A stream of events never ends, and its URL has no parameters that could be wrong.
    .filter(([path]) => path !== operations.watchChanges.path)
    .flatMap(([path, item]) =>
      Object.entries(item as { [method: string]: Described }).flatMap(([method, described]) =>
        casesOf(path, method.toUpperCase(), described, known),
      ),
    );

describe('http malformed requests', () => {
  const served = useServer();

  it('never answers with a 500, and says of each refusal what it is', async function () {
    this.timeout(600_000);
    const order = await accept(served().url);
    const known = { no: order.sheet.no, id: order.tasks[0]?.id ?? '', key: 'acceptance', version: '1' };
    const cases = allCases(known);
    expect(cases.length).to.be.greaterThan(300);
    const seen = new Map<string, number>();
    for (const { path, ...sent } of cases) {
      const reply = await send(served().url, path, sent);
      const what = `${sent.method} ${path.slice(0, 100)} ${String(sent.body ?? '').slice(0, 200)}`;
      expect(reply.status, `${what}: ${reply.text.slice(0, 300)}`).to.be.lessThan(500);
      const code = reply.status >= 400 ? problemIn(reply).code : 'answered';
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    expect(served().reported).to.deep.equal([]);
    expect([...seen.keys()]).to.include.members([
      'input.invalid',
      'route.not-found',
      'method.not-allowed',
      'media-type.unsupported',
    ]);
    expect(seen.get('input.invalid')).to.be.greaterThan(200);
  });

  it('is well afterwards', async () => {
    expect((await accept(served().url)).chain.holds).to.equal(true);
    expect((await send(served().url, '/readyz')).status).to.equal(200);
    expect((await send(served().url, '/api/status')).status).to.equal(200);
  });
});
