/** The OpenAPI document for tests: each operation's input, and values that fit a schema or do not. */
import fc from 'fast-check';
import { operations, type Operation, type OperationId } from '../../src/http/contract/operations.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { shippedLaw } from '../../src/law/regulation/index.js';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly example?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Described {
  readonly operationId: OperationId;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
}

/** An operation as its caller finds it in the document. */
export interface Documented {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** As JSON. */
  readonly body: Schema | undefined;
}

const document = openApiDocument('0', shippedLaw('2026-03-02'));

export const documented: readonly Documented[] = Object.values(document.paths ?? {})
  .flatMap((item) => Object.values(item as { readonly [method: string]: Described }))
  .map(({ operationId, parameters = [], requestBody }) => ({
    id: operationId,
    operation: operations[operationId],
    parameters,
    body:
      requestBody?.content['application/json'] && resolved(requestBody.content['application/json'].schema),
  }));

/** The schema itself, wherever the document keeps it. */
export function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components?.schemas?.[name] ?? {});
}

/** Answers that never end have tests of their own. */
export const endsItself = ({ operation }: Documented): boolean =>
  Object.values(operation.answers).every(({ type }) => type !== 'text/event-stream');

/** A path whose parameters are filled in, percent-encoded. */
export const pathOf = (path: string, known: { readonly [name: string]: string }): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(known[name] ?? '1'));

const typeOf = ({ type }: Schema): string | undefined =>
  typeof type === 'string' ? type : type?.find((one) => one !== 'null');

/** Values that fit the schema; the operation itself must find further faults. */
export function fitting(given: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, depth + 1)));
  const type = typeOf(schema);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') {
    return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 99, 2 ** 31 - 1) });
  }
  if (type === 'array') {
    return fc.array(fitting(schema.items ?? {}, depth + 1), {
      minLength: schema.minItems ?? 0,
      maxLength: 3,
    });
  }
  if (type === 'object') return depth > 4 ? fc.constant({}) : fittingObject(schema, depth);
  return fittingText(schema);
}

function fittingObject(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const named = Object.entries(schema.properties ?? {});
  if (named.length === 0) return fc.dictionary(fc.constantFrom('conduct', 'reason', 'unit', '甲'), scalar);
  const model = Object.fromEntries(named.map(([name, one]) => [name, fitting(one, depth + 1)]));
  return fc.record(model, { requiredKeys: [...(schema.required ?? [])] });
}

function fittingText({ example, pattern, format }: Schema): fc.Arbitrary<unknown> {
  const shown = typeof example === 'string' ? [fc.constant(example)] : [];
  // The library generates no texts for a pattern with lookahead; those in the contract are URLs of
  // our own pages.
  if (pattern?.includes('(?')) return fc.constantFrom('/', '/worklist', '/甲？乙=1');
  if (pattern !== undefined) return fc.oneof(...shown, fc.stringMatching(new RegExp(pattern, 'u')));
  if (format === 'date') return fc.constantFrom('2026-12-01', '2024-02-29', '9999-12-31', '0001-01-01');
  return fc.oneof(...shown, fc.constantFrom(...plausible), fc.string({ unit: 'grapheme', minLength: 1 }));
}

/** Texts that look valid but mean nothing. */
const plausible = [
  '市水务局',
  '20260302-999999',
  'unit:某水务局',
  'role:nobody',
  'https://example.gov.cn/hook',
  '2026-12-01',
  'P2D',
  'P999999999Y',
  '编码,名称,上级编码,行业\n1,甲,1,乙',
  '=HYPERLINK("http://evil.example")',
];

const scalar = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));

/** Values that hardly any field accepts, as JSON text, because some cannot be written otherwise. */
export const odd: fc.Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.constantFrom('null', '1e400', '-0', '-1', '1.5', '9007199254740993', '""', '" "', '[]', '{}', 'true'),
  fc.constantFrom('"\\u0000"', '"\\ud800"', '"\\udfff\\ud800"', '"\\u202e"', '"__proto__"', '"𠮷👩‍👩‍👧‍👦"'),
  fc.constantFrom('"2026-02-30"', '"2026-13-01"', '"+275760-09-13"', '"P1Y2M"', '"R/PT0S"'),
  fc.integer({ min: 1, max: 60_000 }).map((length) => JSON.stringify('长'.repeat(length))),
  fc.integer({ min: 20, max: 3000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
);
