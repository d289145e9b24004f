/** The first screen of each role requests nothing that the role may not see. */
import { expect } from 'chai';
import { useServer } from '../http/serving.js';
import { addResidents } from '../support/residents.js';
import { useBrowser } from './visit.js';

describe('控制台：第一页', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);
  before(() => addResidents(served().system.identity));

  it('每类人员的第一页不问自己不能看的', async () => {
    const everybody = [
      'shouli',
      'chengban',
      'shenhe',
      'duban',
      'kaohe',
      'jiancha',
      'shenji',
      'bianji',
      'shenpi',
    ] as const;
    for (const who of [...everybody, 'xitong', 'anquan', 'shenji-admin'] as const) {
      const { page } = await visit('/sign-in', who);
      const refused: string[] = [];
      page.on('response', (answer) => {
        if (answer.status() === 403) refused.push(new URL(answer.url()).pathname);
      });
      await page.goto(`${served().url}/`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('load');
      expect(refused, who).to.deep.equal([]);
      await page.context().close();
    }
  });
});
