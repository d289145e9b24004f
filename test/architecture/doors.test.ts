/** Each mechanism of the HTTP edge is implemented once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src', 'http');

const placesOf = (used: RegExp, below = ''): readonly string[] =>
  readdirSync(join(source, below), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && used.test(readFileSync(join(source, below, path), 'utf8')))
    .map((path) => path.replaceAll('\\', '/'));

describe('接口的机关各只有一处', () => {
  it('事务由 dispatch 打开：路由里不打开', () => {
    expect(placesOf(/\.transaction\(/, 'routes')).to.deep.equal([]);
  });

  it('时刻怎样写只在契约的编解码里', () => {
    expect(placesOf(/toShanghaiIso/)).to.deep.equal(['contract/primitives.ts']);
  });

  it('一种答复的操作不写状态码：契约里有', () => {
    expect(placesOf(/\bstatus: [2345]\d\d\b/, 'routes')).to.deep.equal([]);
  });
});
