/** Bytes sent for a page that is loaded for the first time. */
import { expect } from 'chai';
import { useServer } from '../http/serving.js';
import { seed } from './seed.js';
import { useBrowser, type SampleLogin } from './visit.js';

const no = '20260304-000001';

describe('控制台：线路上的字节', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(() => seed(served()));

  /** Bytes that the page loads until it is idle, including answers; and the scripts by name. */
  async function cost(path: string, who?: SampleLogin) {
    const { page } = await visit('/favicon.svg', who);
    const watch = await page.context().newCDPSession(page);
    await watch.send('Network.enable');
    const scripts: string[] = [];
    const keeping = new Set<string | undefined>();
    let bytes = 0;
    watch.on('Network.responseReceived', ({ type, response }) => {
      if (type !== 'Script') return;
      scripts.push(response.url);
      keeping.add(response.headers['cache-control'] ?? response.headers['Cache-Control']);
    });
    watch.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(`${served().url}${path}`);
    await page.getByRole('heading').first().waitFor();
    return { bytes, scripts: scripts.join('\n'), keeping: [...keeping] };
  }

  it('待办页至多 150 KB，来电人的查询页至多 75 KB', async () => {
    expect((await cost('/query')).bytes).to.be.lessThan(75_000);
    expect((await cost('/query/new')).bytes).to.be.lessThan(75_000);
    expect((await cost('/query/answers')).bytes).to.be.lessThan(75_000);
    expect((await cost('/query/receipt')).bytes).to.be.lessThan(75_000);
    expect((await cost('/worklist', 'chengban')).bytes).to.be.lessThan(150_000);
  });

  it('图表、流程设计器只在用到的页面才下载', async () => {
    for (const path of ['/worklist', `/work-orders/${no}`, '/intake', '/inbox']) {
      const { scripts, keeping } = await cost(path, path === '/intake' ? 'shouli' : 'chengban');
      expect(keeping, 'by the hash in the name').to.deep.equal(['public, max-age=31536000, immutable']);
      expect(scripts, path).not.to.match(/chart-panel|chart-lines|drawing-bench|diagram-js|check-worker/);
    }
  });
});
