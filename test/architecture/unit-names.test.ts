/**
 * Unit names are parsed in one place, `src/kernel/unit-name.ts`: otherwise two readers would
 * disagree about a blank.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

/** Code that removes blanks from a text, or splits one at separators of names. */
const reading =
  /\.replace(?:All)?\(\/\\s\+?\/gu?, ''\)|split\(\/\[[^\]]*、[^\]]*\]\/\)|regexp_replace\([^)]*'\\\\s', ''/;

const home = 'kernel/unit-name.ts';

const others: { readonly [file: string]: string } = {
  'cases/personal-data/recuse.ts': 'persons',
  'http/routes/receipts.ts': 'what a receipt shows of itself',
  'law/regulation/law-text.ts': 'headings of a law',
  'sheet/caller.ts': 'a telephone number',
  'sheet/classification/spoken/channels.ts': 'what a caller said',
  'web/screens/query/check-part.vue': 'what a receipt shows of itself',
};

describe('单位名称的读法只有一处', () => {
  it('去空白、按顿号分开的，只有 kernel/unit-name.ts；别的文字写明是什么', () => {
    const found = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.(ts|vue)$/.test(path) && reading.test(readFileSync(join(source, path), 'utf8')));
    expect(found).to.have.members([home, ...Object.keys(others)]);
  });
});
