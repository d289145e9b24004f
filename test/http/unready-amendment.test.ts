/** What does not fit an amendment yet is a list before the approval, and an alarm from its first day. */
import { expect } from 'chai';
import { dailyReadiness } from '../../src/design/governance/index.js';
import { createLawFollower, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { approvedAmendment } from '../support/approved-amendment.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, send, useServer } from './serving.js';

interface Impact {
  readonly unready: readonly { where: string; why: string; fix: string }[];
}

describe('还没有跟上条例的修改的', () => {
  const served = useServer({ at: '2026-12-31T10:00:00+08:00' });
  const people: { [login: string]: SignedIn } = {};
  const terms = {
    ...{
      title: '红牌改名',
      source: '测试的决定',
      inForceFrom: '2027-01-01',
      transition: 'old',
      reason: '改名',
    },
    edits: [
      { edit: 'level', level: 'red', set: { title: '逾期牌' } },
      { edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' } } },
    ],
  };
  let id = 0;

  const signIn = async (...logins: string[]): Promise<void> => {
    for (const login of logins)
      people[login] = await newcomer(served().system, {
        ...{ login, roles: [login === 'bian' ? 'compliance-editor' : 'compliance-approver'] },
      });
  };
  const night = () =>
    dailyReadiness(served().system).work({}, { attempt: 1, signal: new AbortController().signal });
  const alarms = async () => {
    const { rows } = await served().system.database.pool.query<{ recipient: string; text: string }>(
      "SELECT recipient, text FROM hotline.notification WHERE title LIKE '还没有跟上%' ORDER BY id",
    );
    return rows;
  };

  before(async () => {
    await recordShippedRegulation(served().system);
    await signIn('bian', 'pi-jia', 'pi-yi');
  });

  it('批准以前看得到：照旧写着的文字，每一处写明怎样改', async () => {
    const { url } = served();
    const saved = answered('draftAmendment', await post(url, '/api/amendments', terms, {}, people['bian']));
    id = (saved as { id: number }).id;
    const { unready } = answered(
      'readAmendmentImpact',
      await send(url, `/api/amendments/${id}/impact`),
    ) as Impact;
    expect(unready.map(({ why }) => why).join()).to.include('写有“红牌”');
    expect(unready.every(({ where, fix }) => where !== '' && fix !== '')).to.equal(true);
    // The reply limit is the law's in the diagram: three days need nothing drawn anew.
    expect(unready.filter(({ where }) => where.startsWith('流程图'))).to.deep.equal([]);
  });

  it('没有施行的不提醒；施行之日起每夜记一条、提醒一次，直到改好', async () => {
    const { system, url } = served();
    const { sha256 } = answered('readAmendment', await send(url, `/api/amendments/${id}`)) as {
      sha256: string;
    };
    await approvedAmendment(
      url,
      { id, sha256 },
      { editor: people['bian'], approvers: [people['pi-jia'], people['pi-yi']] },
    );
    await night();
    expect(await alarms()).to.deep.equal([]);
    system.clock.moveTo(new Date('2027-01-01T00:00:00+08:00'));
    await createLawFollower(system)();
    await night();
    const first = await alarms();
    expect(first.map(({ recipient }) => recipient).sort()).to.deep.equal([
      'person:bian',
      'role:compliance-approver',
    ]);
    expect(first[0]?.text).to.match(/^“红牌改名”已经施行，还有 \d+ 处没有跟上：/);
    await night();
    expect(await alarms(), 'a program started again on the same day').to.have.length(2);
    system.clock.moveTo(new Date('2027-01-02T00:00:00+08:00'));
    await night();
    expect(await alarms()).to.have.length(4);
    const trail = await system.database.transaction((transaction) =>
      system.trail.read(transaction, ['regulation']),
    );
    const noted = trail.get('regulation')?.filter(({ type }) => type === 'regulation.unready');
    expect(noted).to.have.length(2);
  });
});
