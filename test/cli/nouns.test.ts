/** The command line's files are named after its nouns: `hotline trail` is in `src/cli/trail`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createProgram } from '../../src/cli/program.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const folder = join(packageRoot, 'src', 'cli');
const notNouns = ['README.md', 'frame', 'main.ts', 'program.ts'];

describe('命令行：一个名词一个文件或者文件夹', () => {
  it('src/cli 里除了共用的，就是各个名词；一个动词不另立一个文件', () => {
    const nouns = readdirSync(folder).filter((name) => !notNouns.includes(name));
    const names = createProgram().commands.map((command) => command.name());
    expect(nouns.map((name) => name.replace(/\.ts$/, ''))).to.have.members(names);
    for (const name of nouns.filter((one) => !one.endsWith('.ts')))
      expect(readdirSync(join(folder, name)), name).to.include('index.ts');
  });

  it('命令只在名词的文件里登记；各动词共同的话只说一次', () => {
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
    const saying = (words: string | RegExp): readonly string[] =>
      sources.filter(([, text]) => text.search(words) >= 0).map(([path]) => path);
    expect(saying(/\.word\(/).filter((path) => /\/(?!index\.ts$)/.test(path))).to.deep.equal([]);
    for (const words of [
      /'输出 JSON'/,
      /，记入轨迹', '命令行'/,
      /'--realm </,
      /'--package <文件夹>', *\n? *'条例包/,
    ])
      expect(saying(words).length, String(words)).to.be.at.most(1);
    expect(saying(/\bopenSystem\(/)).to.deep.equal(['frame/with-system.ts', 'serve/index.ts']);
    expect(saying(/\bnew Table\(/)).to.deep.equal(['frame/table.ts']);
  });
});
