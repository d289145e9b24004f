/** A law replaced by another where two people approve each diagram: its drafts are judged by the law to come. */
import { expect } from 'chai';
import { scheduleLaws, shippedFiles } from '../../../src/cases/index.js';
import {
  approveDraft,
  checkDraft,
  createDraft,
  installShipped,
  listDrafts,
  listSubmissions,
  orderTrial,
  readThread,
  scheduleDraft,
} from '../../../src/design/governance/index.js';
import { createVault } from '../../../src/identity/index.js';
import { usePackage } from '../../../src/kernel/package-root.js';
import { createLawFollower, recordShippedRegulation } from '../../../src/law/regulation/index.js';
import { assemble } from '../../../src/main.js';
import { newCity } from '../../support/new-city.js';
import { testPremises, useSystem, type TestSystem } from '../../support/system.js';

const midnight = new Date('2026-01-01T00:00:00+08:00');
/** Each trial takes some twenty seconds. */
const tried = new Set(['acceptance', 'handling']);
const editor = { login: 'bianji', actor: '编辑甲', roles: ['compliance-editor'] };
const approver = (login: string) => ({ login, actor: login, roles: ['compliance-approver'] });
const noted = (source: string, text: string): string =>
  source.replace('</bpmn:definitions>', `<!-- ${text} --></bpmn:definitions>`);

describe('新的条例的流程图须经批准', () => {
  const set = process.env['HOTLINE_PACKAGE'];
  const cities: { readonly folder: string; remove(): void }[] = [];
  before(function () {
    const earlier = newCity(this, 'anshan-2019');
    cities.push(earlier, newCity(this, 'anshan-2025', earlier.folder));
    usePackage(earlier.folder);
  });
  const system = useSystem({ at: '2025-12-30T10:00:00+08:00', shipped: false });
  after(() => {
    if (set === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = set;
    for (const city of cities) city.remove();
  });

  /** Starts the program on the package, on the same database. */
  const start = async (folder: string) => {
    usePackage(folder);
    const { clock, ring, database } = system();
    const premises = testPremises(folder);
    const parts = assemble(database, clock, createVault(ring), premises);
    const started: TestSystem = { ...premises, ...parts, clock, ring, database };
    await recordShippedRegulation(started);
    await scheduleLaws(started);
    await createLawFollower(started)();
    return { started, deps: { ...started, ...started.governance } };
  };
  const work = async ({ jobs }: TestSystem, payload: object): Promise<void> => {
    const job = jobs.find(({ name }) => name === 'draft.trial') ?? expect.fail('draft.trial');
    await job.work(payload, { attempt: 1, signal: new AbortController().signal });
  };
  const draftsIn = async ({ database, clock }: TestSystem) => {
    const { drafts } = await database.transaction((transaction) =>
      listDrafts(transaction, { key: undefined, state: undefined, limit: 50, offset: 0 }, clock.now()),
    );
    return drafts;
  };

  it('由系统依新的条例试跑、提交；批准后零点起现行；此前的草案仍依现行的条例', async () => {
    const [earlier, later] = cities.map(({ folder }) => folder);
    const first = await start(earlier ?? '');
    await installShipped(first.deps);
    await first.started.identity.setup.setUp({
      login: 'wangwu',
      name: '王五',
      unit: '市热线工作机构',
      password: 'a long enough password',
    });

    const { started, deps } = await start(later ?? '');
    const { deployed, filed } = await installShipped(deps);
    expect(deployed + filed).to.be.at.most(shippedFiles().length);
    expect(filed).to.be.greaterThan(1);
    for (const { id, key, revision } of await draftsIn(started))
      if (tried.has(key)) await work(started, { draft: id, revision });
    const submitted = (await draftsIn(started)).filter(({ key }) => tried.has(key));
    expect(submitted.map(({ key }) => key)).to.have.members([...tried]);
    for (const { id, key, state } of submitted) {
      const said = await started.database.transaction((transaction) => readThread(transaction, id));
      expect(state, `${key}：${said.map(({ text }) => text).join('；')}`).to.equal('submitted');
      const [submission] = await started.database.transaction((transaction) =>
        listSubmissions(transaction, id),
      );
      expect(submission?.regulation).to.equal('2026-01-01');
    }

    // Meanwhile an editor mends the law in force: by it, with its scenarios, and past cases.
    const source = shippedFiles(earlier).find(({ key }) => key === 'handling')?.source ?? '';
    const mended = await createDraft(
      deps,
      { key: 'handling', title: '改 handling', reason: '试', source: noted(source, '改') },
      editor,
    );
    await orderTrial(deps, mended, editor);
    await work(started, { draft: mended, revision: 1 });
    const { findings } = await checkDraft(deps, mended);
    expect(findings.filter(({ severity }) => severity === 'error')).to.deep.equal([]);

    for (const { id, sha256, needed } of submitted) {
      for (const login of ['shenpi1', 'shenpi2'].slice(0, needed))
        await approveDraft(deps, id, { sha256, comment: '同意' }, approver(login));
      await scheduleDraft(deps, id, { sha256, inForceFrom: undefined, reason: '按期' }, approver('shenpi1'));
    }
    for (const { inForceFrom, key, state, origin } of await draftsIn(started))
      if (tried.has(key) && origin === 'shipped')
        expect([state, inForceFrom]).to.deep.equal(['scheduled', midnight]);

    const inForce = async () => {
      started.definitions.refresh();
      return started.database.pool
        .query<{ key: string; sha256: string }>(
          `SELECT DISTINCT ON (key) key, sha256 FROM hotline.effective_definition WHERE in_force_from <= $1
            ORDER BY key, in_force_from DESC, version DESC`,
          [started.clock.now()],
        )
        .then(({ rows }) => new Map(rows.map(({ key, sha256 }) => [key, sha256])));
    };
    started.clock.moveTo(new Date(midnight.getTime() - 1));
    const before_ = await inForce();
    started.clock.moveTo(midnight);
    const then = await inForce();
    for (const { key, sha256 } of submitted) {
      expect(before_.get(key)).to.not.equal(sha256);
      expect(then.get(key)).to.equal(sha256);
    }
  });
});
