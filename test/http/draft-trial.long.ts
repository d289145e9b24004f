import { expect } from 'chai';
import type { z } from 'zod';
import { packageText } from '../../src/kernel/package-content.js';
import type { draft } from '../../src/http/contract/draft.js';
import type { trial } from '../../src/http/contract/draft-trial.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { asOwner } from '../support/owner.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { workJobs } from '../support/tried.js';
import { answered, post, problemIn, send, useServer } from './serving.js';
import { drawnLimit } from '../support/drawn-limit.js';

type DraftView = z.input<typeof draft>;
type TrialView = z.input<typeof trial>;

const handling = packageText('processes/handling.bpmn', packageRoot);

describe('草案的试跑做不成', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let editor: SignedIn;

  before(async () => {
    editor = await newcomer(served().system, { login: 'bianji', name: '编辑', roles: ['compliance-editor'] });
  });

  const query = (text: string) => served().system.database.pool.query(text);
  const asked = (path: string, body: object) => post(served().url, path, body, {}, editor);
  const create = async (): Promise<DraftView> => {
    const source = drawnLimit(handling, 'P4D');
    const body = { key: 'handling', title: '四个工作日', reason: '更快', source };
    return answered('createDraft', await asked('/api/drafts', body)) as DraftView;
  };
  const order = async ({ id }: DraftView) =>
    answered('orderTrial', await asked(`/api/drafts/${id}/trial`, {})) as TrialView;
  const standing = async ({ id }: DraftView) =>
    answered('readTrial', await send(served().url, `/api/drafts/${id}/trial`, { as: editor })) as TrialView;
  /** Runs the job through all its automatic attempts; between them it is still running. */
  const workToTheEnd = async (one: DraftView): Promise<void> => {
    for (const attempt of [1, 2, 3]) {
      expect((await standing(one)).state, `before try ${attempt}`).to.equal('running');
      await workJobs(served().system);
      await query('UPDATE hotline_jobs._private_jobs SET run_at = now() WHERE attempts < max_attempts');
    }
  };
  const handIn = ({ id, sha256 }: DraftView) =>
    asked(`/api/drafts/${id}/submission`, { sha256, comment: '请审', reasons: [] });
  const swapBytes = (id: number, expression: string): Promise<void> =>
    asOwner(
      served().system.database.url,
      'ALTER TABLE hotline.draft_revision DISABLE TRIGGER draft_revision_append_only',
      `UPDATE hotline.draft_revision SET source = ${expression} WHERE draft = ${id}`,
      'ALTER TABLE hotline.draft_revision ENABLE TRIGGER draft_revision_append_only',
    );

  it('拒绝的：三次以后说失败和原因，不再说正在试跑；没有报告不能提交；重新试跑就做成', async () => {
    const made = await create();
    expect(await order(made)).to.include({ state: 'running', failure: null });
    await swapBytes(made.id, `replace(source, '</bpmn:definitions>', '')`);
    await workToTheEnd(made);
    const failed = await standing(made);
    expect(failed).to.deep.include({ state: 'failed', progress: null, reports: null, madeAt: null });
    expect(failed.failure?.attempts).to.equal(3);
    expect(failed.failure?.reason)
      .to.match(/BPMN|XML/)
      .and.to.match(/\p{Script=Han}/u);
    const refused = problemIn(await handIn(made));
    expect(refused.code).to.equal('draft.blocked');

    await swapBytes(made.id, `source || '</bpmn:definitions>'`);
    expect(problemIn(await handIn(made)).detail).to.include('回放的报告还没有做');
    expect(await order(made)).to.include({ state: 'running', failure: null });
    await workJobs(served().system);
    const done = await standing(made);
    expect(done).to.include({ state: 'made', failure: null });
    // A day less: scenarios that pass in force and fail on the draft, and differing limits.
    const differing = done.reports?.scenarios.differing ?? [];
    expect(differing.map(({ holds }) => holds))
      .to.include('in-force')
      .and.not.include('draft');
    const words = differing.flatMap(({ differences }) => differences).join('\n');
    expect(words).to.match(/^现行：“五个工作日内办理并回复.*期限 \d{4}-\d\d-\d\d \d\d:\d\d/m);
    expect(words).to.match(/^草案：“五个工作日内办理并回复.*期限 /m);
  });

  it('程序出错的：只说出错，不把内部的话给人看；程序一再中途退出的，也说失败', async () => {
    const made = await create();
    expect((await standing(made)).state, 'the same bytes have been tried').to.equal('made');
    await order(made);
    await asOwner(served().system.database.url, 'REVOKE SELECT ON hotline.process_case FROM hotline_app');
    await workToTheEnd(made);
    await asOwner(served().system.database.url, 'GRANT SELECT ON hotline.process_case TO hotline_app');
    expect((await standing(made)).failure).to.deep.equal({
      attempts: 3,
      reason: '程序出错，系统管理员可查日志',
    });
    await order(made);
    // State after a program died three times during the job and others released it.
    await query('UPDATE hotline_jobs._private_jobs SET attempts = max_attempts');
    expect(await standing(made)).to.deep.include({
      state: 'failed',
      failure: { attempts: 3, reason: '做试跑的程序中途退出了' },
    });
    await order(made);
    await workJobs(served().system);
    expect((await standing(made)).state).to.equal('made');
  });
});
