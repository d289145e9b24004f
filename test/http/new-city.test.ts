/** A new city from its law's text, answered in drafts of the installation: the same engine as the command. */
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { newPackage, readActs, readAnswers, readLaw } from '../../src/design/package/index.js';
import { packageFile } from '../../src/design/package/new/index.js';
import { fullLaw } from '../support/invented-laws.js';
import { newcomer } from '../support/people.js';
import { answered, post, problemIn, send, useServer, type Sent } from './serving.js';

interface Draft {
  readonly id: number;
  readonly revision: number;
  readonly answered: number;
  readonly of: number;
  readonly articles: readonly { readonly id: string; readonly state: string; readonly answer: unknown }[];
  readonly faults: readonly { readonly article?: string; readonly what: string; readonly fix: string }[];
}

describe('http：由条文写出新的城市', () => {
  const served = useServer();
  const put = (path: string, body: object, as?: Sent['as']) =>
    send(served().url, path, {
      ...(as ? { as } : {}),
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const begin = async () =>
    answered(
      'createPackageDraft',
      await post(served().url, '/api/package-drafts', { text: fullLaw.text }),
    ) as Draft;
  const read = async (id: number, as?: Sent['as']) =>
    answered(
      'readPackageDraft',
      await send(served().url, `/api/package-drafts/${id}`, as ? { as } : {}),
    ) as Draft;
  const answer = async ({ id, revision }: Draft, article: string, said: unknown) =>
    answered(
      'answerPackageArticle',
      await put(`/api/package-drafts/${id}/articles/${article}`, { revision, answer: said }),
    ) as Draft;
  const list = async () =>
    (answered('listPackageDrafts', await send(served().url, '/api/package-drafts')) as { items: Draft[] })
      .items;

  it('不是法的文字、条号写了两次的：逐行指明、怎么办，什么也不存', async () => {
    const twice = fullLaw.text.replace('第五条 发现', '第四条 发现');
    for (const [text, said] of [
      ['会议纪要\n一、到会的人', '第 1 行：这不是一部法'],
      [twice, '第四条写了两次'],
      [fullLaw.text.replace('第二章 办理', '第三章 办理'), '少了第二章'],
    ] as const) {
      const problem = problemIn(await post(served().url, '/api/package-drafts', { text }));
      expect(problem.code).to.equal('package.text-invalid');
      expect(problem.detail)
        .to.include(said)
        .and.match(/第 \d+ 行/)
        .and.include('怎么办：');
    }
    expect(await list()).to.deep.equal([]);
  });

  it('答一半就存着，另一个人接着读得到；旧的一稿不能盖掉新的', async () => {
    const first = await begin();
    expect(first.articles.find(({ id }) => id === 'art1')?.state).to.equal('open');
    expect(first.articles.find(({ id }) => id === 'art2')?.state).to.equal('suggested');
    await answer(first, 'art1', '立法目的');
    const { identity, database } = served().system;
    const other = await newcomer(
      { identity, database },
      { login: 'other-editor', roles: ['compliance-editor'] },
    );
    const seen = await read(first.id, other);
    expect(seen).to.include({ revision: 2, answered: 1, of: 15 });
    const stale = await put(`/api/package-drafts/${first.id}/articles/art15`, {
      revision: first.revision,
      answer: '施行日期',
    });
    expect(problemIn(stale).code).to.equal('draft.stale');
    expect(await read(first.id)).to.deep.equal(seen);
    const gone = await send(served().url, `/api/package-drafts/${first.id}`, { method: 'DELETE' });
    answered('removePackageDraft', gone);
    const none = await send(served().url, `/api/package-drafts/${first.id}`);
    expect(problemIn(none).code).to.equal('draft.not-found');
  });

  it('与条文不符的答案指明哪一条、怎么办，条例包写不出来；没有的条、写错的答案拒绝', async () => {
    const draft = await begin();
    const wrong = await answer(draft, 'art8', [
      {
        binding: 'shall',
        who: ['handling-unit'],
        does: 'support',
        within: { days: 30, of: 'working' },
      },
    ]);
    expect(wrong.articles.find(({ id }) => id === 'art8')?.state).to.equal('faulty');
    expect(wrong.faults.filter(({ article }) => article === 'art8').map(({ what }) => what)).to.deep.equal([
      '条文写的是 3 个工作日、4 个工作日，答的是 30 个工作日',
    ]);
    const problem = problemIn(await send(served().url, `/api/package-drafts/${draft.id}/package`));
    expect(problem.code).to.equal('package.answers-invalid');
    expect(problem.detail).to.include('答的是 30 个工作日').and.include('第一条：还没有回答');
    const { revision } = wrong;
    const path = (article: string) => `/api/package-drafts/${draft.id}/articles/${article}`;
    const lacking = await put(path('art99'), { revision, answer: '没有' });
    expect(problemIn(lacking).code).to.equal('package.answers-invalid');
    for (const said of [[], [{ binding: 'shall' }], [{ binding: 'must', who: ['caller'] }], 3]) {
      expect(problemIn(await put(path('art8'), { revision, answer: said })).status).to.equal(400);
    }
    expect((await read(draft.id)).revision).to.equal(revision);
  });

  it('答完的，写出的条例包与命令写出的逐字节相同；同样的回答，同样的文件', async () => {
    const { articles, ...head } = fullLaw.answers as typeof fullLaw.answers & {
      titles: object;
      parties: object;
    };
    let draft = await begin();
    for (const [article, said] of Object.entries(articles)) draft = await answer(draft, article, said);
    const { city, titles, parties } = head;
    draft = answered(
      'answerPackageCity',
      await put(`/api/package-drafts/${draft.id}/city`, {
        ...{ revision: draft.revision, city, titles, parties, law: {} },
      }),
    ) as Draft;
    expect(draft.faults).to.deep.equal([]);
    expect(draft.answered).to.equal(draft.of);
    const response = await fetch(`${served().url}/api/package-drafts/${draft.id}/package`, {
      headers: (await served().people.allowed(['compliance-editor'])).headers,
    });
    expect(response.headers.get('content-disposition')).to.include('yunling.zip');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const files = Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]);
    const law = readLaw(fullLaw.text);
    const given = readAnswers(JSON.stringify(fullLaw.answers), '回答');
    const expected = [...newPackage(law, readActs(), given)];
    expect(files).to.deep.equal(expected.map(([path, content]) => [`yunling/${path}`, content]));
    const [now] = await list();
    expect(now?.id).to.equal(draft.id);
    const again = await packageFile({
      ...{ id: 1, revision: 1, law: fullLaw.text, answers: given, createdBy: '', changedBy: '' },
      ...{ createdAt: new Date(0), changedAt: new Date(0) },
    });
    expect(Buffer.from(bytes).equals(again.content)).to.equal(true);
  });

  it('只有合规编辑人员可以', async () => {
    const as = await served().people.doing('unit', '经办人甲', '某水务局');
    const refused = await send(served().url, '/api/package-drafts', { as });
    expect(problemIn(refused).status).to.equal(403);
  });
});
