/** The console in a real browser, on the real interface; records everything that goes wrong. */
import { after, afterEach, before } from 'mocha';
import type { Browser, Page } from 'playwright-core';
import type { Served } from '../http/serving.js';
import { requireBuilt } from '../support/built.js';
import { launchChromium } from '../support/chromium.js';
import type { SignedIn } from '../support/people.js';
import { addResidents } from '../support/residents.js';

export interface Visit {
  readonly page: Page;
  /** Errors in the browser's console, and requests to outside servers. */
  readonly complaints: string[];
}

/** The sample people, at least one per role (docs/identity.md). */
export type SampleLogin =
  | 'shouli'
  | 'chengban'
  | 'chengban2'
  | 'shenhe'
  | 'duban'
  | 'kaohe'
  | 'jiancha'
  | 'shenji'
  | 'bianji'
  | 'shenpi'
  | 'xitong'
  | 'anquan'
  | 'shenji-admin';

/** For the tests of one `describe`. A visit of a person starts with that person's session. */
export function useBrowser(
  served: () => Pick<Served, 'url' | 'system'>,
): (path: string, who?: SampleLogin | SignedIn) => Promise<Visit> {
  const url = (): string => served().url;
  let browser: Browser | undefined;
  const pages: Page[] = [];
  before(async function () {
    requireBuilt('console');
    browser = await launchChromium(this);
  });
  after(() => browser?.close());
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close();
  });
  return async (path, who) => {
    if (!browser) throw new Error('the browser is there only while the tests of this describe run');
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
    if (who !== undefined) {
      const value = typeof who === 'string' ? await sessionOf(served(), who) : who.secret;
      await context.addCookies([cookieOf(value, url())]);
    }
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

/**
 * Text on the screen that is not Chinese, apart from numbers, hashes, texts marked as no language
 * (log-in names, secrets), and the text that the licence requires.
 */
export async function foreignWords(page: Page): Promise<string[]> {
  const names = await page.locator('[translate=no]').allInnerTexts();
  const text = names
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, name) => rest.replaceAll(name, ''), await page.locator('body').innerText());
  return (
    text
      .replaceAll(
        /\b[0-9a-f]{8,}\b|BPMN\.iO|PostgreSQL|chinese-workday|XLSX|CSV|PDF|XES|OCEL|（(shouli|chengban2?|shenhe|duban)）|\b(j|k|x|Enter|Esc|Alt|Ctrl)\b/g,
        '',
      )
      .match(/[A-Za-z]{3,}/g) ?? []
  );
}

async function sessionOf({ system }: Pick<Served, 'system'>, login: SampleLogin): Promise<string> {
  const { identity, database } = system;
  const find = async () => (await identity.people.list()).find((one) => one.login === login);
  if (!(await find())) await addResidents(identity);
  const person = await find();
  if (!person) throw new Error(`${login} is no sample person`);
  return database.transaction((transaction) => identity.sessions.openIn(transaction, person));
}

/** A session, as the browser keeps it. */
function cookieOf(value: string, url: string) {
  // The browser accepts such a cookie only for an https address, and also sends it to 127.0.0.1.
  return {
    name: '__Host-hotline',
    value,
    url: url.replace('http:', 'https:'),
    secure: true,
    httpOnly: true,
    sameSite: 'Lax' as const,
  };
}
