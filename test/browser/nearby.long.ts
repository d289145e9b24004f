/** 附近的工单: folded on the case page, loaded when opened. */
import { expect } from 'chai';
import { accept, useServer, waterCut } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { useBrowser } from './visit.js';

describe('控制台：附近的工单', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const visit = useBrowser(served);

  it('打开才列：距离、类别、编号、状态，点得开', async () => {
    const at = (metres: number) => ({
      ...waterCut,
      place: { point: { longitude: 117.05, latitude: 36.65 + metres / 111_000, system: 'WGS-84' } },
    });
    const { sheet } = await accept(served().url, at(0));
    const other = await accept(served().url, at(50));
    const { page, complaints } = await visit(`/work-orders/${sheet.no}`, 'shouli');
    await page.getByText('附近的工单').click();
    await page.getByText('约 50 米 ·').waitFor();
    for (const [width, height] of [
      [390, 844],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect(await seriousFindings(page)).to.deep.equal([]);
    }
    const part = page.locator('details').filter({ hasText: '附近的工单' });
    await part.getByRole('link').click();
    await page.waitForURL(`**/work-orders/${other.sheet.no}`);
    expect(complaints).to.deep.equal([]);
  });
});
