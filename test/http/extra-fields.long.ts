/** Mass assignment: fields in a body or query beyond the contract are refused by name, at every depth. */
import { expect } from 'chai';
import fc from 'fast-check';
import { documented, fitting, pathOf, resolved, type Documented, type Schema } from '../support/document.js';
import { newcomer } from '../support/people.js';
import { problemIn, send, useServer } from './serving.js';

/** Fields that an attacker would like to set. */
const coveted = [
  'id',
  'no',
  'role',
  'roles',
  'unit',
  'actor',
  'author',
  'approvedBy',
  'status',
  'state',
  'due',
  'dueAt',
  'realm',
  'receivedAt',
  'createdBy',
  'mustChangePassword',
  'passwordHash',
  'sample',
  'closedAt',
  'version',
  'level',
  'constructor',
];

/** Objects inside the body, by path; objects with free content are left out. */
function closedObjects(given: Schema, path: readonly string[] = []): (readonly string[])[] {
  const schema = resolved(given);
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
    closedObjects(one, [...path, name]),
  );
  const items = schema.items ? closedObjects(schema.items, [...path, '0']) : [];
  return schema.properties ? [path, ...inside, ...items] : [...inside, ...items];
}

const schemaAt = (schema: Schema, path: readonly string[]): Schema =>
  path.reduce((at, name) => {
    const { items, properties } = resolved(at);
    return name === '0' && items ? items : (properties?.[name] ?? {});
  }, schema);

/** Another system's own format is no object of the contract. */
const withBody = documented.filter(({ body, operation }) => body !== undefined && operation.raw !== true);

describe('多余的字段', () => {
  const served = useServer();
  const bodyOf = ({ body }: Documented): object => {
    const [made] = fc.sample(fitting(body ?? {}), { seed: 7, numRuns: 1 });
    return Object(made) as object;
  };
  const post = async (one: Documented, body: object) => {
    const { access, method, path } = one.operation;
    const { headers } = await served().people.allowed(access === 'anyone' ? 'signed-in' : access);
    return send(served().url, pathOf(path, { login: 'nobody', role: 'intake', article: 'art1' }), {
      method: method.toUpperCase(),
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };

  for (const one of withBody) {
    it(`${one.id}：合同以外的字段一律拒绝，指出是哪一个`, async () => {
      const own = Object.keys(one.body?.properties ?? {});
      for (const name of coveted.filter((field) => !own.includes(field))) {
        const refused = problemIn(await post(one, { ...bodyOf(one), [name]: 'intake' }));
        expect(refused, name).to.include({ status: 400, code: 'input.invalid' });
        expect(refused.detail, name).to.include(name);
      }
    });

    it(`${one.id}：里层的对象也一样`, () => {
      for (const path of closedObjects(one.body ?? {})) {
        const schema = resolved(schemaAt(one.body ?? {}, path));
        expect(schema.additionalProperties, path.join('.')).to.equal(false);
      }
    });
  }

  it('查询参数、路径参数也一样：不认识的拒绝', async () => {
    // Providers add parameters of their own to the address that they send a browser back to.
    const closed = documented.filter(({ id }) => id !== 'finishSingleSignOn');
    for (const { operation, id } of closed.filter((one) => one.operation.query)) {
      const { headers } = await served().people.allowed(operation.access);
      const refused = problemIn(
        await send(
          served().url,
          `${pathOf(operation.path, { column: 'normal', dataset: 'kinds' })}?units=*`,
          {
            method: operation.method.toUpperCase(),
            headers: {
              ...headers,
              ...(operation.upload ? { 'content-type': 'application/octet-stream' } : {}),
            },
          },
        ),
      );
      expect(refused, id).to.include({ status: 400, code: 'input.invalid' });
      expect(refused.detail, id).to.include('units');
    }
  });

  it('读回来看：带着多余字段的受理、开户没有留下任何东西', async () => {
    const { url, system } = served();
    const admin = await newcomer(system, { login: 'admin-a', roles: ['security-admin'] });
    const unit = (await system.identity.people.units())[0]?.name ?? '';
    const account = { login: 'sneaked', name: '庚', unit, roles: ['security-admin'] };
    const reply = await send(url, '/api/persons', {
      method: 'POST',
      headers: { ...admin.headers, 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    expect(problemIn(reply).code).to.equal('input.invalid');
    expect((await system.identity.people.list()).map(({ login }) => login)).not.to.include('sneaked');
    const { rows } = await system.database.pool.query('SELECT no FROM hotline.work_order');
    expect(rows).to.deep.equal([]);
  });
});
