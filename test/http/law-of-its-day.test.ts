/** A diagram is checked by the law of the day on which it should take effect. */
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import type { Finding } from '../../src/design/compliance/index.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { recordLaterVersion } from '../support/later-version.js';
import { asUnchanged } from '../support/tried.js';
import { answered, post, problemIn, send, useServer } from './serving.js';
import { drawnLimit } from '../support/drawn-limit.js';

const handling = packageText('processes/handling.bpmn');
const sixDays = drawnLimit(handling, 'P6D');

describe('流程依它自己那一天的条例核查', () => {
  const served = useServer({ at: '2026-12-25T10:00:00+08:00' });
  const people = {} as Record<'editor' | 'one' | 'two', SignedIn>;

  it('新版放宽到六个工作日：今天不能提交，写明施行那天的可以；排在施行以前的，拒绝', async () => {
    const { system, url } = served();
    await recordLaterVersion(system, '2027-01-01', 6);
    people.editor = await newcomer(system, { login: 'bian', roles: ['compliance-editor'] });
    people.one = await newcomer(system, { login: 'pi1', roles: ['compliance-approver'] });
    people.two = await newcomer(system, { login: 'pi2', roles: ['compliance-approver'] });
    const body = { key: 'handling', title: '六个工作日', reason: '依新版', source: sixDays };
    const made = answered('createDraft', await post(url, '/api/drafts', body, {}, people.editor)) as {
      id: number;
      key: string;
      sha256: string;
    };
    await asUnchanged(system, made);
    const path = `/api/drafts/${made.id}`;
    const checks = async (on = '') => {
      const reply = await send(url, `${path}/checks${on}`, { as: people.one });
      return (answered('checkDraft', reply) as { findings: readonly Finding[] }).findings;
    };
    const late = (findings: readonly Finding[]) =>
      findings.filter(({ rule, severity, message }) => {
        return rule === 'deadline' && severity === 'error' && message.includes('宽');
      });
    expect(late(await checks())).to.have.length.greaterThan(0);
    const then = await checks('?on=2027-01-01');
    expect(late(then)).to.deep.equal([]);

    const { sha256 } = made;
    const reasons = then
      .filter(({ severity }) => severity === 'warning')
      .map(({ rule, element }) => ({ rule, element, reason: '新版放宽' }));
    const handIn = (more: object) =>
      post(url, `${path}/submission`, { sha256, comment: '请审', reasons, ...more }, {}, people.editor);
    answered('submitDraft', await handIn({ meantFor: '2027-01-01' }));
    for (const who of [people.one, people.two])
      await post(url, `${path}/approvals`, { sha256, comment: '同意' }, {}, who);
    const schedule = (inForceFrom: string) =>
      post(url, `${path}/schedule`, { sha256, inForceFrom, reason: '依新版' }, {}, people.one);
    expect(problemIn(await schedule('2026-12-31T12:00:00+08:00'))).to.include({
      code: 'draft.invalid',
      where: 'inForceFrom',
    });
    answered('scheduleDraft', await schedule('2027-01-01T00:00:00+08:00'));
  });
});
