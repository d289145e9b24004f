/** The console in a real browser, on the real interface; what went wrong in it is kept. */
import { after, afterEach, before } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';

export interface Visit {
  readonly page: Page;
  /** What went wrong in the browser's console, and what was asked of anyone but the program. */
  readonly complaints: string[];
}

/** For the tests of one `describe`. */
export function useBrowser(url: () => string): (path: string) => Promise<Visit> {
  let browser: Browser | undefined;
  const pages: Page[] = [];
  before(async function () {
    browser = await launchChromium(this);
  });
  after(() => browser?.close());
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });
  return async (path) => {
    if (!browser) throw new Error('the browser is there only while the tests of this describe run');
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    const page = await context.newPage();
    pages.push(page);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const address = request.url();
      if (!/^(data|blob):/.test(address) && !address.startsWith(url())) complaints.push(address);
    });
    await page.goto(`${url()}${path}`);
    return { page, complaints };
  };
}

/** Text on the screen that is not Chinese, apart from numbers, hashes and what the licence wants to be seen. */
export async function foreignWords(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return (
    text
      .replaceAll(/\b[0-9a-f]{8,}\b|BPMN\.iO|PostgreSQL|\b(j|k|x|Enter|Esc|Alt|Ctrl)\b/g, '')
      .match(/[A-Za-z]{3,}/g) ?? []
  );
}
