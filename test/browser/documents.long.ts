import { expect } from 'chai';
import { operations } from '../../src/http/contract/operations.js';
import { send, useServer } from '../http/serving.js';
import { useBrowser } from './visit.js';

describe('接口说明', () => {
  const served = useServer({ shipped: false });
  const visit = useBrowser(served);

  it('shows every operation in the document viewer, from the program alone', async () => {
    const { page, complaints } = await visit('/docs');
    await page.locator('.opblock-tag').first().waitFor();
    const { webhooks } = (await send(served().url, '/openapi.json')).json as { webhooks: object };
    const all = Object.keys(operations).length + Object.keys(webhooks).length;
    let seen = await page.locator('.opblock').count();
    for (const tag of await page.locator('.opblock-tag').all()) {
      await tag.click();
      await page.locator('.opblock').first().waitFor();
      seen += await page.locator('.opblock-tag-section .opblock').count();
      await tag.click();
    }
    expect(seen).to.equal(all);
    await page.locator('.opblock-tag').first().click();
    await page.locator('.opblock').first().click();
    await page.getByText('小区停水未提前通知').first().waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
