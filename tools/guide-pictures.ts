/**
 * The pictures of docs/guide: `npx mocha tools/guide-pictures.ts` on a built console, with sample
 * sheets and log-ins. Needs Chromium and pngquant.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageRoot } from '../src/kernel/package-root.js';
import { moveTo, seed } from '../test/browser/seed.js';
import { useBrowser } from '../test/browser/visit.js';
import { useServer } from '../test/http/serving.js';
import { advance } from './guide-pictures/cases.js';
import { shots } from './guide-pictures/shots.js';

const folder = join(packageRoot, 'docs/guide/pictures');

async function take(page: Page, name: string): Promise<void> {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const small = execFileSync('pngquant', ['--speed', '1', '--strip', '32', '-'], { input: picture });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), small);
}

describe('使用指南的图片', () => {
  const served = useServer();
  const visit = useBrowser(served);

  before(async () => {
    await seed(served());
    await advance(served().url);
    await moveTo(served(), '2026-03-11T10:30:00+08:00');
  });

  for (const { name, path, login, at, shows, first } of shots) {
    it(name, async () => {
      if (at !== undefined) await moveTo(served(), at);
      const { page } = await visit(path, login);
      await first?.(page, served());
      await page.getByText(shows).first().waitFor();
      await take(page, name);
    });
  }
});
