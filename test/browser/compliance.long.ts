/** The checks and the difference, built for the browser, give the same result in a real browser as here. */
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import type * as Compliance from '../../src/design/compliance/index.js';
import { checkDiagram, difference, noWords } from '../../src/design/compliance/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { fixtures } from '../design/compliance/fixture-context.js';
import { launchChromium } from '../support/chromium.js';
import { checkContext, shippedDiagrams } from '../support/check-context.js';

declare const compliance: typeof Compliance;

async function builtForBrowsers(): Promise<string> {
  const built = await build({
    configFile: false,
    root: packageRoot,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: join(packageRoot, 'src', 'design', 'compliance', 'index.ts'),
        formats: ['iife'],
        name: 'compliance',
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

describe('核查在浏览器里', () => {
  let browser: Browser | undefined;
  let code = '';
  before(async function () {
    browser = await launchChromium(this);
    code = await builtForBrowsers();
  });
  after(() => browser?.close());

  const inPage = async <Argument, Answer>(
    work: (argument: Argument) => Promise<Answer>,
    argument: Argument,
  ): Promise<Answer> => {
    const page = await (browser as Browser).newPage();
    try {
      // Nothing is fetched: the page has the console's security policy, and only this script.
      await page.route('**/*', (route) =>
        route.fulfill({
          contentType: 'text/html; charset=utf-8',
          body: '<!doctype html><head></head>',
        }),
      );
      await page.goto('http://localhost/');
      await page.addScriptTag({ content: code });
      return await page.evaluate(work as never, argument as never);
    } finally {
      await page.close();
    }
  };

  it('打好的脚本里没有 Node 的东西', () => {
    expect(code).not.to.match(/from ["']node:|require\(["'](node:)?(crypto|fs|path)|__vite-browser-external/);
  });

  it('全部例图和随附的五张图，结论与这里一字不差', async () => {
    const diagrams = [
      ...fixtures.map(({ source, context }) => ({
        source,
        change: { stage: context.stage, ...(context.reports ? { reports: context.reports } : {}) },
      })),
      ...shippedDiagrams.map(({ xml }) => ({ source: xml, change: {} })),
    ];
    const there = await inPage(
      async ({ context, all }) => {
        const reports: Compliance.CheckReport[] = [];
        for (const { source, change } of all) {
          reports.push(await compliance.checkDiagram(source, { ...context, ...change }));
        }
        return reports;
      },
      { context: checkContext, all: diagrams },
    );
    expect(there).to.have.length.greaterThan(100);
    for (const [index, { source, change }] of diagrams.entries()) {
      expect(there[index]).to.deep.equal(await checkDiagram(source, { ...checkContext, ...change }));
    }
  });

  it('差别也一样', async () => {
    const before = shippedDiagrams.find(({ file }) => file === 'handling.bpmn')?.xml ?? '';
    const after = before.replace('>= limit("reply")<', '>PT1H<').replace('name="办理"', 'name="处理"');
    const { law } = checkContext;
    const there = await inPage(([one, other, words, of]) => compliance.difference(one, other, words, of), [
      before,
      after,
      noWords,
      law,
    ] as const);
    expect(there).to.have.length(2);
    expect(there).to.deep.equal(await difference(before, after, noWords, law));
  });
});
