/**
 * Two thousand requests, most of them malformed, some well-formed but meaningless, generated from
 * the document and sent as every role: each gets an answer in words, none a 500, and refused ones
 * change nothing. Another seed: HOTLINE_FUZZ_SEED=… npx mocha test/http/fuzz.long.ts
 */
import { expect } from 'chai';
import fc from 'fast-check';
import pg from 'pg';
import { roles } from '../../src/identity/index.js';
import { documented, endsItself, pathOf, type Documented } from '../support/document.js';
import { malformed, meaningless, somebodyWhoMay, type Made } from '../support/malformed.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { accept, dispatched, post, problemIn, send, useServer } from './serving.js';

/** Creates number one of each kind. */
const firstOnes: readonly (readonly [string, object])[] = [
  ['/api/knowledge', { unit: '某水务局', title: '停水', body: '提前一日', reviewOn: '2027-01-01' }],
  ['/api/systems', { name: '某平台' }],
  ['/api/systems/1/tokens', { scopes: ['units:read'], days: 1 }],
  ['/api/notification-channels', { recipient: 'unit:某水务局', kind: 'email', address: 'a@example.gov.cn' }],
  ['/api/policies/supervisionLimit/proposals', { value: 'P4D', effectiveOn: '2027-01-01', reason: '试' }],
];

const seed = Number(process.env['HOTLINE_FUZZ_SEED'] ?? 20260304);

describe('http fuzz', () => {
  /** The program's role may not read every table. */
  let owner: pg.Client | undefined;
  // Before the database goes.
  after(() => owner?.end());
  const served = useServer();
  const askers: (SignedIn | 'nobody')[] = ['nobody'];
  const targets = documented.filter(endsItself);
  let known: { [name: string]: string } = {};

  before(async () => {
    for (const role of roles) {
      askers.push(await newcomer(served().system, { login: `fuzz-${role}`, roles: [role] }));
    }
    await newcomer(served().system, { login: 'somebody', roles: [] });
    for (const { operation } of targets) await allowed(operation.access);
    const order = await dispatched(served().url);
    const { no } = (await accept(served().url)).sheet;
    const id = order.tasks[0]?.id ?? '';
    for (const [path, body] of firstOnes) {
      expect((await post(served().url, path, body)).status, path).to.equal(201);
    }
    known = { no, id, key: 'acceptance', version: '1', login: 'somebody', role: 'intake' };
    owner = new pg.Client({ connectionString: served().system.database.url });
    await owner.connect();
  });

  /** Ids of counted things begin with one. */
  const knownTo = ({ parameters, operation: { path } }: Documented) => ({
    ...known,
    ...(path.startsWith('/api/policies/') ? { key: 'supervisionLimit' } : {}),
    ...Object.fromEntries(
      parameters.filter(({ schema }) => schema.type === 'integer').map(({ name }) => [name, '1']),
    ),
  });

  /** Row counts of all tables, except those that a refusal itself changes. */
  async function rows(): Promise<string> {
    if (!owner) throw new Error('only while the tests run');
    const { rows: tables } = await owner.query<{ relname: string }>(
      `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'hotline' AND c.relkind = 'r'
         AND c.relname NOT IN ('trail_entry', 'trail_head', 'trail_search', 'trail_terms',
           'trail_leaf', 'trail_tile', 'trail_checkpoint', 'trail_cosignature', 'assessment_cursor', 'request_rate', 'sign_in_failure', 'counted_entry', 'session') ORDER BY 1`,
    );
    const counts = tables.map(
      ({ relname }) => `'${relname} ' || (SELECT count(*) FROM hotline."${relname}")`,
    );
    const { rows: found } = await owner.query<{ all: string }>(
      `SELECT array_to_string(ARRAY[${counts.join(', ')}], ' ') AS all`,
    );
    return found[0]?.all ?? '';
  }

  async function sendAll(kind: (one: Documented) => fc.Arbitrary<Made>, total: number, first: number) {
    const seen = new Map<string, number>();
    let standing = await rows();
    for (const [index, one] of targets.entries()) {
      const share = Math.ceil((total - index) / targets.length);
      for (const made of fc.sample(kind(one), { seed: first + index, numRuns: share })) {
        const { method, path: address, access } = one.operation;
        const ids =
          made.ids === 'known' ? pathOf(address, knownTo(one)) : address.replaceAll(/\{\w+\}/g, made.ids);
        const path = made.query === '' ? ids : `${ids}?${made.query}`;
        const as = made.asker === somebodyWhoMay ? await allowed(access) : askers[made.asker % askers.length];
        const what = `${one.id} ${path.slice(0, 300)} ${String(made.body ?? '').slice(0, 300)}`;
        const reply = await send(served().url, path, {
          method: method.toUpperCase(),
          headers: made.headers,
          ...(as === undefined ? {} : { as }),
          ...(made.body === undefined ? {} : { body: made.body }),
        });
        expect(reply.status, `seed ${seed}: ${what}: ${reply.text.slice(0, 300)}`).to.be.lessThan(500);
        const code = reply.status >= 400 ? problemIn(reply).code : 'answered';
        seen.set(code, (seen.get(code) ?? 0) + 1);
        const after = await rows();
        if (code !== 'answered') expect(after, `refused (${code}), yet: ${what}`).to.equal(standing);
        standing = after;
      }
    }
    return seen;
  }

  const allowed = (access: Documented['operation']['access']) => served().people.allowed(access);
  const sum = (seen: Map<string, number>) => [...seen.values()].reduce((total, one) => total + one, 0);

  it('两千个畸形请求：没有 500，每个拒绝都说明缘由，被拒绝的没有留下半件事', async function () {
    this.timeout(600_000);
    const seen = await sendAll(malformed, 2000, seed);
    expect(sum(seen)).to.be.at.least(2000);
    expect(served().reported).to.deep.equal([]);
    expect([...seen.keys()]).to.include.members([
      'input.invalid',
      'session.required',
      'access.denied',
      'media-type.unsupported',
      'answered',
    ]);
    expect(seen.get('input.invalid')).to.be.greaterThan(150);
  });

  it('写法都对、意思不对的请求：由办事的代码自己拒绝，同样没有 500', async function () {
    this.timeout(600_000);
    const seen = await sendAll(meaningless, targets.length * 10, seed + 1000);
    expect(served().reported).to.deep.equal([]);
    expect(seen.size).to.be.greaterThan(8);
  });

  it('在门口就被拒绝的，编号再怪也记得下来：不是 500', async () => {
    for (const { operation, id } of targets.filter((one) => one.operation.params)) {
      for (const text of ['%00', '%EF%BF%BE', '%F0%9F%98%80', '%0d%0a', 'x'.repeat(3000)]) {
        const path = operation.path.replaceAll(/\{\w+\}/g, text);
        const reply = await send(served().url, path, {
          method: operation.method.toUpperCase(),
          as: 'nobody',
        });
        expect(reply.status, `${id} ${text.slice(0, 20)}: ${reply.text}`).to.be.lessThan(500);
      }
    }
    expect(served().reported).to.deep.equal([]);
    const journal = await send(served().url, '/api/account-journal?stream=refusals&about=x');
    expect(journal.status, journal.text).to.equal(200);
  });

  it('之后照常：轨迹的链都完整，工单都有流程，还能受理', async () => {
    const { url, system } = served();
    const { rows: streams } = await system.database.pool.query<{ stream: string }>(
      'SELECT DISTINCT stream FROM hotline.trail_entry',
    );
    await system.database.transaction(async (transaction) => {
      for (const { stream } of streams) {
        expect(await system.trail.verify(transaction, stream), stream).to.have.property('holds', true);
      }
    });
    const { rows: lone } = await system.database.pool.query(
      `SELECT no FROM hotline.work_order w
       WHERE NOT EXISTS (SELECT FROM hotline.process_case c WHERE c.business_key = w.no)`,
    );
    expect(lone).to.deep.equal([]);
    expect((await accept(url)).chain.holds).to.equal(true);
    expect((await send(url, '/readyz')).status).to.equal(200);
  });
});
