/** docs/reference is what the program says of itself, and nothing else is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { refusals } from '../../src/kernel/refusal.js';
import { settings } from '../../src/platform/cities/settings.js';
import { fileOf, written } from './page.js';
import { pages } from './reference.js';

describe('docs/reference：由程序写出（npx tsx test/docs/reference.ts 重写）', () => {
  const text = (file: string): string => readFileSync(file, 'utf8');

  for (const page of pages) {
    it(`${page.name} 与 ${page.source} 一致`, async () => {
      expect(text(fileOf(page))).to.equal(await written(page));
    });
  }

  it('没有别的页', () => {
    const names = readdirSync(join(packageRoot, 'docs/reference'));
    // These two are compared where what they show happens.
    const elsewhere = ['examples.md', 'trail-tables.md'];
    expect(names).to.have.members([...pages.map(({ name }) => name), ...elsewhere]);
  });

  it('每个错误代码都说得出什么时候、怎么办，每一行两样都有', () => {
    const parts = text(join(packageRoot, 'docs/reference/errors.md')).split('\n### ').slice(1);
    expect(parts).to.have.length(Object.keys(refusals).length);
    for (const part of parts) {
      const lines = part.split('\n').filter((line) => line.startsWith('- ') && !line.startsWith('- 另有'));
      expect(lines, part).not.to.deep.equal([]);
      for (const line of lines) expect(line).to.match(/[^。]。[^。]/);
    }
  });

  it('程序读的每个环境变量都在表里，没有多余的', () => {
    const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('platform/cities/settings'))
      .map((path) => text(join(packageRoot, 'src', path)));
    const read = new Set(
      sources.join('\n').match(/HOTLINE_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL|OTEL_EXPORTER_OTLP_ENDPOINT/g),
    );
    // src/kernel/s3-settings.ts makes these names.
    const secrets = [...read].filter((name) => name.endsWith('_S3')).map((name) => `${name}_SECRET_FILE`);
    expect(Object.keys(settings)).to.have.members([...read, ...secrets]);
  });
});
