/** One reader opens the files of a city's package (`src/kernel/package-content.ts`): no part escapes the merge with the base. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');
/** The reader, its manifest, and where a package lies. */
const allowed = /^kernel\/package-(content|manifest|root)\.ts$/;

describe('条例包只有一处来读', () => {
  it('别的程序不自己打开条例包的文件', () => {
    const others = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !allowed.test(path))
      .filter((path) => {
        const text = readFileSync(join(source, path), 'utf8');
        return text.includes('cityPackage') && /from 'node:fs(\/promises)?'|read-bytes/.test(text);
      });
    // Reads the bytes of other files than the package's, which its option names.
    expect(others).to.deep.equal(['cli/frame/package-folder.ts']);
  });
});
