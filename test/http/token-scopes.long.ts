/** Every scope of a token tried at every operation of the contract. */
import { expect } from 'chai';
import { operations, type OperationId } from '../../src/http/contract/operations.js';
import type { Operation } from '../../src/http/contract/operation.js';
import { scopes, type Scope } from '../../src/identity/index.js';
import { plainTrails, settled } from '../support/entries.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

describe('其他系统的令牌，逐个范围', () => {
  const served = useServer();
  const table = Object.entries<Operation>(operations) as [OperationId, Operation][];
  let officer: SignedIn;

  before(async () => {
    officer = await newcomer(served().system, { login: 'anquan', roles: ['security-admin'] });
  });

  const by = (token: string) => ({ authorization: `Bearer ${token}` });
  const act = (path: string, body: unknown) => post(served().url, path, body, {}, officer);
  const issue = async (held: readonly Scope[]) => {
    const { id } = answered('addSystem', await act('/api/systems', { name: `系统 ${held.join()}` })) as {
      id: number;
    };
    const reply = await act(`/api/systems/${id}/tokens`, { scopes: held, days: 90 });
    return answered('issueToken', reply) as { readonly secret: string; readonly prefix: string };
  };
  const entries = async (stream: string) => {
    const { database, trail } = served().system;
    await settled(served().system);
    const read = await database.transaction((transaction) => plainTrails(trail, transaction, [stream]));
    return read.get(stream) ?? [];
  };

  it('每个范围对每个接口：写明的才放行，别的一律 403 并记入轨迹；公开的不看令牌', async function () {
    this.timeout(600_000);
    for (const scope of scopes) {
      const { secret, prefix } = await issue([scope]);
      const known = (await entries('refusals')).length;
      const refused: OperationId[] = [];
      for (const [id, operation] of table) {
        if (operation.access === 'anyone') continue;
        const reply = await send(served().url, operation.path.replaceAll(/\{\w+\}/g, '1'), {
          as: 'nobody',
          method: operation.method.toUpperCase(),
          headers: { ...by(secret), ...(operation.body ? { 'content-type': 'application/json' } : {}) },
          ...(operation.body ? { body: '{}' } : {}),
        });
        const told = `${scope} ${id}`;
        if (operation.scopes?.includes(scope)) {
          expect(reply.status, told).not.to.be.oneOf([401, 403, 429, 500]);
          continue;
        }
        expect(problemIn(reply), told).to.include({ status: 403, code: 'token.scope' });
        expect(reply.headers['www-authenticate'], told).to.include('insufficient_scope');
        // A minute's refusals share one entry, so each gets its own minute.
        await settled(served().system);
        refused.push(id);
      }
      // One entry each, in order; a permitted scope may be refused for another reason.
      const told = (await entries('refusals'))
        .slice(known)
        .flatMap(({ body }) => (body['code'] === 'token.scope' ? [body] : []));
      expect(
        told.map(({ operation }) => operation),
        scope,
      ).to.deep.equal(refused);
      for (const body of told) expect(body['actor'], scope).to.include(prefix);
    }
  });
});
