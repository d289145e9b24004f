import { expect } from 'chai';
import { z } from 'zod';
import { refusals } from '../../src/kernel/index.js';
import { lawOf, sheetTitle } from '../../src/kernel/law.js';
import { unlisted } from '../../src/http/contract/package-key.js';
import { cites, listing, named, saidUnder } from '../../src/http/contract/said-by-law.js';
import { operations, type Operation } from '../../src/http/contract/operations.js';
import { channel, kind } from '../../src/http/contract/work-order.js';
import { openApiDocument, possibleRefusals } from '../../src/http/openapi.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { provisionLabel } from '../../src/law/regulation/model/index.js';
import { createApp } from '../../src/http/index.js';
import { useSystem } from '../support/system.js';

/** Containers in which `unlisted` looks for keys; of a pipe, its entrance. */
const looked: readonly string[] = ['object', 'array', 'union', 'optional', 'nullable', 'default'];

/** The ways to all keys of lists in a schema: the kinds of containers around each, outermost first. */
function waysToKeys(schema: z.ZodType, way: readonly string[] = []): readonly (readonly string[])[] {
  const listed = (schema.meta() as { readonly enum?: readonly unknown[] } | undefined)?.enum?.[0];
  if (typeof listed === 'string' && listed.startsWith('⟦keys:')) return [way];
  const { type, ...parts } = schema.def;
  const inside = (part: unknown): readonly z.ZodType[] =>
    part instanceof z.ZodType
      ? [part]
      : Array.isArray(part)
        ? part.flatMap(inside)
        : part !== null && typeof part === 'object' && Object.getPrototypeOf(part) === Object.prototype
          ? Object.values(part).flatMap(inside)
          : [];
  return Object.entries(parts).flatMap(([name, part]) =>
    inside(part).flatMap((one) => waysToKeys(one, [...way, name === 'in' ? 'object' : type])),
  );
}

type Layer = { route?: { path: string; stack: { method?: string }[] } };

describe('http contract', () => {
  const system = useSystem({ shipped: false });
  const law = shippedLaw('2026-03-02');

  it('第二条、第三条：渠道和类别与工作流转单一致', () => {
    const allowed = ({ schemas = {} } = openApiDocument('0', law).components ?? {}): object =>
      (schemas['Request'] as { properties: object }).properties;
    expect(allowed())
      .to.have.nested.property('channel.enum')
      .deep.equal(law.channels.map(({ key }) => key));
    expect(allowed())
      .to.have.nested.property('kind.enum')
      .deep.equal(law.kinds.map(({ key }) => key));
    for (const [schema, list] of [
      [channel, law.channels],
      [kind, law.kinds],
    ] as const) {
      for (const { key } of list) expect(unlisted(schema, key, law)).to.deep.equal([]);
      expect(unlisted(schema, 'nothing', law)).to.have.length(1);
    }
  });

  it('has a route for every operation of the document, and an operation for every route of the API', () => {
    const { paths = {} } = openApiDocument('0', law);
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const { stack } = createApp(system()).router as unknown as { stack: Layer[] };
    const routed = stack.flatMap(({ route }) => {
      if (!route) return [];
      const methods = new Set(route.stack.flatMap((layer) => layer.method ?? []));
      // The answer to every other method is a common route.
      const paths = [route.path].flat().map((path) => path.replaceAll(/:(\w+)/g, '{$1}'));
      return [...methods].flatMap((method) => paths.map((path) => `${method} ${path}`));
    });
    const pages = /^get \/(verify\.html|query(\/(new|answers|receipt))?|docs(\/.*)?|problems\/\{code\})$/;
    expect([...new Set(routed.filter((route) => !pages.test(route)))].sort()).to.deep.equal(
      documented.sort(),
    );
    expect(documented.length).to.equal(Object.keys(operations).length);
  });

  it('每个清单里的键，受理请求时都核对得到', () => {
    const ways = Object.values<Operation>(operations).flatMap(({ params, query, headers, body }) =>
      [params, query, headers, body].flatMap((schema) => (schema ? waysToKeys(schema) : [])),
    );
    expect(ways.flat().filter((container) => !looked.includes(container))).to.deep.equal([]);
    expect(ways.length).to.be.greaterThan(20);
    expect(waysToKeys(z.record(z.string(), z.tuple([channel]))).flat()).to.deep.equal(['record', 'tuple']);
  });

  it('names in the document only refusals of the table, each under its status', () => {
    const { paths = {} } = openApiDocument('0', law);
    for (const operation of Object.values<Operation>(operations)) {
      const responses = paths[operation.path]?.[operation.method]?.responses as { [status: string]: object };
      for (const code of possibleRefusals(operation)) {
        expect(responses[refusals[code].status], `${operation.path} ${code}`).to.have.property('content');
      }
    }
  });

  it('leaves no reference in the document open', () => {
    const document = openApiDocument('0', law);
    expect(document.openapi).to.equal('3.1.0');
    const names = Object.keys(document.components?.schemas ?? {});
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    expect(references.length).to.be.greaterThan(10);
    for (const [, name] of references) expect(names).to.include(name);
  });

  it('cites the law it is shown under, wherever it cites, and knows its own marks', () => {
    expect(JSON.stringify(openApiDocument('0', law))).to.not.match(/[⟦⟧]/);
    const said = `${cites('progress')},${named('sheet')},${listing('levels')}`;
    expect(saidUnder(law, said)).to.equal(
      `${lawOf('progress', law)},${sheetTitle(law)},${law.levels.map(({ key, title }) => `${key} ${title}`).join('、')}`,
    );
    for (const unknown of ['⟦law:nothing⟧', '⟦name:nothing⟧', '⟦list:nothing⟧', '⟦nothing:progress⟧'])
      expect(() => saidUnder(law, unknown), unknown).to.throw(unknown);
  });

  it('finds keys that the lists have not, wherever they stand, and leaves other faults to the schema', () => {
    const deep = z.object({
      one: kind.optional(),
      some: z.array(z.object({ channel: channel.nullable() })).default([]),
      other: z.union([z.object({ kind }), z.number()]),
      piped: z.object({ kind }).transform(({ kind: key }) => key),
    });
    const wrong = {
      one: 'x',
      some: [{ channel: null }, { channel: 'x' }],
      other: { kind: 'x' },
      piped: { kind: 'x' },
    };
    expect(unlisted(deep, wrong, law).map(({ path }) => path.join('.'))).to.deep.equal([
      ...['one', 'some.1.channel', 'other.kind', 'piped.kind'],
    ]);
    expect(unlisted(deep, { one: 1, some: 'x', other: 2, piped: null }, law)).to.deep.equal([]);
    const [told] = unlisted(kind, 'x', law);
    expect(told?.message).to.match(/^没有这个类别（第.+条）；有的是 \S+ \S+、/);
  });

  it('writes a provision as people do', () => {
    expect(provisionLabel('art24.p1.i2')).to.equal('第二十四条第一款第二项');
    expect(provisionLabel('art10')).to.equal('第十条');
    expect(provisionLabel('art3')).to.equal('第三条');
    expect(provisionLabel('art105.p12')).to.equal('第一百零五条第十二款');
    expect(provisionLabel('art111')).to.equal('第一百一十一条');
    expect(provisionLabel('第二十四条')).to.equal('第二十四条');
  });
});
