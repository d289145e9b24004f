import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { packageText } from '../../src/kernel/package-content.js';
import { shippedProcesses } from '../../src/cases/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { launchChromium } from '../support/chromium.js';

const viewer = join(packageRoot, 'node_modules/bpmn-js/dist/bpmn-viewer.production.min.js');

/**
 * Imports a diagram in the page; returns the warnings and the drawn elements. It is plain text,
 * because it runs in the browser.
 */
const importing = `async (xml) => {
  const viewer = new BpmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  const drawn = viewer.get('elementRegistry').getAll().length;
  viewer.destroy();
  return { warnings: warnings.map((warning) => warning.message), drawn };
}`;

describe('五个流程图用 bpmn-js 在真实浏览器里打开', () => {
  let browser: Browser | undefined;
  let page: Page;

  before(async function () {
    browser = await launchChromium(this);
    page = await browser.newPage();
    await page.setContent('<div id="canvas" style="width: 1366px; height: 768px"></div>');
    await page.addScriptTag({ content: readFileSync(viewer, 'utf8') });
  });

  after(() => browser?.close());

  for (const name of shippedProcesses()) {
    it(`${name} 没有任何警告`, async () => {
      const xml = packageText(`processes/${name}.bpmn`, packageRoot);
      const { warnings, drawn } = await page.evaluate<{ warnings: string[]; drawn: number }>(
        `(${importing})(${JSON.stringify(xml)})`,
      );
      expect(warnings).to.deep.equal([]);
      expect(drawn).to.be.greaterThan(20);
    });
  }
});
