/** Forms belong to diagrams: no source names a package's field unless it is declared as one that the program needs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageFiles, packageText } from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { neededFields, programFields } from '../../src/kernel/program-fields.js';

const cities = ['', 'packages/beijing', 'packages/weifang'].map((city) => join(packageRoot, city));
const diagrams = cities.flatMap((city) =>
  packageFiles('processes', '.bpmn', city).map((file) => packageText(`processes/${file}`, city)),
);
const keys = new Set(
  diagrams.flatMap((diagram) => [...diagram.matchAll(/<duty:field key="(\w+)"/g)].map(([, key = '']) => key)),
);

/** Keys of one word are English words, too: `progress`, `evidence`. */
const distinct = [...keys].filter((key) => /[A-Z]/.test(key) && !programFields.has(key));
const named = new RegExp(`(?<![\\w-])(?:${distinct.join('|')})(?![\\w-])`, 'g');

describe('表单的栏目', () => {
  it('src 里只有程序要用的栏目的名字；别的都是条例包自己的', () => {
    const found = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|vue|sql)$/.test(file))
      .flatMap((file) =>
        [...readFileSync(join(packageRoot, 'src', file), 'utf8').matchAll(named)].map(
          ([key]) => `${file} ${key}`,
        ),
      );
    expect(distinct.length).to.be.greaterThan(100);
    expect(found).to.deep.equal([]);
  });

  it('声明为程序要用的，有一个随附的条例包在问；缺了不行的都有类型', () => {
    expect([...programFields.keys()].filter((key) => !keys.has(key))).to.deep.equal([]);
    expect([...neededFields.values()].flat().filter((key) => !programFields.has(key))).to.deep.equal([]);
  });
});
