import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { refusals, type RefusalCode } from '../../src/kernel/refusal.js';

interface Row {
  readonly code: string;
  readonly cells: readonly string[];
}

describe('docs/errors.md 与 src/kernel/refusal.ts 说的一样', () => {
  const document = readFileSync(join(packageRoot, 'docs', 'errors.md'), 'utf8');
  const rows = document.split('\n').flatMap((line): Row[] => {
    const code = /^\| `([a-z.-]+)` /.exec(line)?.[1];
    const cells = line.split('|').map((cell) => cell.trim());
    return code === undefined ? [] : [{ code, cells: cells.slice(2, -1) }];
  });

  it('每个代码在文档里恰好一行,文档里没有别的代码', () => {
    expect(rows.map(({ code }) => code)).to.have.members(Object.keys(refusals));
  });

  for (const { code, cells } of rows) {
    it(`${code}:HTTP 状态、标题相同,什么时候、怎么办都写了`, () => {
      const { status, title } = refusals[code as RefusalCode];
      expect(cells).to.have.length(4);
      expect(cells.slice(0, 2)).to.deep.equal([String(status), title]);
      expect(cells[2], '什么时候').to.not.equal('');
      expect(cells[3], '怎么办').to.not.equal('');
    });
  }
});
