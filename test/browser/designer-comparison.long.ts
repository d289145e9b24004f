/** 并排比较: the version in force beside the draft, in a real browser. */
import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { choose, draftsBy, setTo } from './designing.js';
import { useBrowser } from './visit.js';

describe('控制台：流程设计，与现行的一版并排比较', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const drafted = draftsBy(visit);

  const marks = async (drawing: Locator): Promise<readonly string[]> =>
    [
      ...new Set(await drawing.locator('.drawing-mark:is(.changed, .added, .removed)').allInnerTexts()),
    ].sort();
  /** Different browser calls format the matrix differently. */
  const view = async (drawing: Locator): Promise<readonly number[]> =>
    ((await drawing.locator('g.viewport').getAttribute('transform')) ?? '')
      .split(/[^-\d.e]+/)
      .filter((part) => /\d/.test(part))
      .map(Number);
  const together = async (one: Locator, other: Locator): Promise<string> => {
    const [at, also] = [await view(one), await view(other)];
    // Scaling rounds, so positions within a twentieth of a pixel are equal.
    for (const [index, part] of at.entries()) expect(also[index]).to.be.closeTo(part, 0.05);
    return at.map((part) => part.toFixed(1)).join(' ');
  };

  async function changed(page: Page): Promise<void> {
    await choose(page, '市热线工作机构督促');
    await setTo(page, '名称', '市热线工作机构再次督促');
    await page.getByLabel('接上什么').selectOption('办理环节');
    await page.getByRole('button', { name: '接上', exact: true }).press('Enter');
    await page.getByRole('heading', { name: '（未命名的办理环节）' }).waitFor();
    await setTo(page, '名称', '面谈');
    await choose(page, '区县热线工作机构督促');
    await page.getByRole('button', { name: '删除这个元素' }).press('Enter');
  }

  it('两张图一起移动、缩放；改的两边都有标记，删的只在旧图，增的只在新图；只用键盘，1366×768', async function () {
    this.timeout(60_000);
    const { page, complaints } = await drafted('督办', '并排比较');
    await changed(page);
    await page.getByRole('tab', { name: /^改动/ }).click();
    await page
      .getByRole('button', { name: /删去.*区县热线工作机构督促/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: '并排比较' }).press('Enter');
    const earlier = page.getByRole('group', { name: '第 1 版' });
    const now = page.getByRole('group', { name: '并排比较的流程图' });
    await earlier.locator('.drawing-mark').first().waitFor();
    expect(await marks(earlier)).to.deep.equal(['删', '改']);
    expect(await marks(now)).to.deep.equal(['增', '改']);

    const begun = await together(earlier, now);
    await earlier.locator('svg[tabindex]').focus();
    await page.keyboard.press('Control+ArrowRight');
    const moved = await together(earlier, now);
    await now.locator('svg[tabindex]').focus();
    await page.keyboard.press('Control+ArrowDown');
    const further = await together(earlier, now);
    await page.getByRole('button', { name: '缩小' }).press('Enter');
    const smaller = await together(earlier, now);
    expect(new Set([begun, moved, further, smaller]).size).to.equal(4);
    await earlier.hover();
    await page.mouse.wheel(0, 200);
    expect(await together(earlier, now)).to.not.equal(smaller);

    await page.getByRole('button', { name: /删去办理环节“区县热线工作机构督促”/ }).press('Enter');
    const gone = earlier.locator('.djs-element.selected');
    await gone.waitFor();
    expect(await gone.textContent()).to.include('区县热线工');
    const [place, frame] = [await gone.boundingBox(), await earlier.boundingBox()];
    expect(place && frame && place.x >= frame.x && place.x < frame.x + frame.width).to.equal(true);
    await together(earlier, now);
    await page.getByRole('button', { name: /名称由.*再次督促/ }).press('Enter');
    await now.locator('.djs-element.selected').waitFor();
    expect(await earlier.locator('.djs-element.selected').textContent()).to.include('市热线工作机');

    for (const drawing of [earlier, now]) {
      const box = await drawing.boundingBox();
      expect(box && box.width > 380 && box.height > 400, JSON.stringify(box)).to.equal(true);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).to.equal(true);
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).to.equal(true);
    expect(await seriousFindings(page)).to.deep.equal([]);

    await page.getByRole('button', { name: '并排比较' }).press('Enter');
    await earlier.waitFor({ state: 'detached' });
    await now.locator('svg[tabindex]').focus();
    await page.keyboard.press('Control+ArrowLeft');
    expect(complaints).to.deep.equal([]);
  });
});
