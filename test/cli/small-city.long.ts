/** The real program on a package with two diagrams and a role of its own: it starts, and a case is lived over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startServing, type ServingProgram } from '../support/serve-program.js';
import { smallCity } from '../support/small-city.js';

describe('没有考核、问责、督办、回访的城市', () => {
  const city = smallCity();
  let data = '';
  before(async () => (data = await mkdtemp(join(tmpdir(), 'small-city-data-'))));
  after(async () => {
    city.remove();
    await rm(data, { recursive: true, force: true });
  });

  it('启动，示例帐号有本单位负责人；一件从受理到办结；没有的页面、操作都说明没有', async () => {
    const { DATABASE_URL: _, ...rest } = process.env;
    const program = await startServing({ ...rest, HOTLINE_DATA: data, HOTLINE_PACKAGE: city.folder });
    try {
      await lived(program);
      expect(program.output())
        .to.include('流程图 2 张')
        .and.to.not.match(/督办|考核，|监察，|审核，|\n\s+at /);
    } finally {
      await program.stop();
    }
  });
});

async function lived(program: ServingProgram): Promise<void> {
  const { url, samples } = program;
  const as = (login: string) => program.signIn(login, samples.get(login) ?? '');
  const [clerk, unit, head] = [await as('shouli'), await as('chengban'), await as('fuzeren')];
  const accepted = await clerk.post('/api/work-orders', {
    ...{ channel: 'phone', kind: 'help', title: '路灯不亮', content: '东街的路灯三天不亮了。' },
    answers: { wayOut: 'dispatch', unit: '市水务局' },
  });
  expect(accepted.status).to.equal(201);
  let order = (await accepted.json()) as Order;
  for (const [who, answers] of [
    [unit, { draftedReply: '三日内修好' }],
    [head, { replyApproved: true }],
    [unit, { replySummary: '已修好', replyWay: 'phone' }],
  ] as const) {
    const done = await who.post(`/api/tasks/${order.tasks[0]?.id ?? ''}/completion`, { answers });
    expect(done.status).to.equal(200);
    order = (await done.json()) as Order;
  }
  expect([order.tasks.length, order.endedAt === null]).to.deep.equal([0, false]);
  const absent = await fetch(`${url}/api/publications`);
  expect([absent.status, await absent.text()].join())
    .to.include('404')
    .and.to.include('没有规定考核');
  const page = await (await fetch(`${url}/sign-in`, { headers: { accept: 'text/html' } })).text();
  expect(page).to.include('小城市热线办法');
}

interface Order {
  readonly tasks: readonly { readonly id: string }[];
  readonly endedAt: string | null;
}
