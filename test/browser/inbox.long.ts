/** 收件箱: hundreds of notices by title, read a group at a time. */
import { expect } from 'chai';
import { addToInboxes } from '../../src/channel/notification/inboxes.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { seed } from './seed.js';
import { useBrowser } from './visit.js';

const unit = 'unit:市水务局';

describe('控制台：收件箱', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    await seed(served());
    const { database, clock } = served().system;
    const notices = Array.from({ length: 268 }, (_, index) => ({
      stream: '20260304-000001',
      seq: 1000 + index,
      element: 'Task',
      recipient: unit,
      level: null,
      title: index % 4 === 0 ? '将到期' : '待办：再次办理',
      text: `第 ${index} 条`,
      article: null,
      at: clock.now(),
    }));
    await database.transaction((transaction) => addToInboxes(transaction, notices, clock.now()));
  });

  it('两百多条按标题归组，一组一次读完；读过的在“全部”里', async () => {
    const { page, complaints } = await visit('/inbox', 'chengban');
    await page.getByRole('button', { name: /^待办：再次办理/ }).click();
    await page.getByText(/共 \d+ 条/).waitFor();
    expect(await page.locator('li strong').allInnerTexts()).to.satisfy((titles: string[]) =>
      titles.every((title) => title === '待办：再次办理'),
    );
    await page.getByRole('button', { name: '“待办：再次办理” 201 条标为已读' }).click();
    await page.getByRole('button', { name: /^待办：再次办理/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '全部 67 条标为已读' }).waitFor();
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    await page.getByRole('button', { name: '全部', exact: true }).click();
    await page
      .locator('li')
      .filter({ hasText: '待办：再次办理' })
      .filter({ hasText: '已读' })
      .first()
      .waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    const needs = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(needs).to.equal(390);
    expect((await seriousFindings(page)).join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });
});
