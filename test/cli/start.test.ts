/** What a command loads before its work: nothing large that it does not need, so that it starts at once. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { useDatabase } from '../support/database.js';
import { hotlineWith } from './hotline.js';

const preload = pathToFileURL(join(packageRoot, 'test', 'support', 'loaded-modules.mjs')).href;
/** For files that only exports and publications write, for the web server, for log-in there, for SM2. */
const seldom = /\/node_modules\/(fflate|pdfkit|docx|express|helmet|openid-client|jose|sm-crypto-v2|pino)\//;
const ofDatabase = /\/node_modules\/(typeorm\/data-source|pg|graphile-worker)\//;
const diagram = join('processes', 'handling.bpmn');

describe('命令启动时装入的模块', () => {
  const database = useDatabase();
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'hotline-start-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  async function loadedBy(words: readonly string[], exit = 0): Promise<readonly string[]> {
    const file = join(folder, words.join('-').replaceAll('/', '-'));
    const settings = { LOADED_MODULES: file, NODE_OPTIONS: `--import=${preload}` };
    const { code, error } = await hotlineWith(settings, database().url, ...words);
    expect(code, error).to.equal(exit);
    const loaded = (await readFile(file, 'utf8')).split('\n');
    expect(loaded.some((name) => name.endsWith('/dist/cli/main.js'))).to.equal(true);
    return loaded;
  }

  for (const words of [
    ['--help'],
    ['calendar', 'due', '2026-09-29', '5'],
    ['process', 'check', diagram],
    ['process', 'diff', diagram, diagram],
    ['calendar', 'check'],
  ]) {
    it(`hotline ${words.join(' ')}：没有数据库的库，也没有别的大库`, async () => {
      const loaded = await loadedBy(words);
      expect(loaded.filter((name) => seldom.test(name) || ofDatabase.test(name))).to.deep.equal([]);
    });
  }

  it('hotline process diff：也不装校验的库', async () => {
    const loaded = await loadedBy(['process', 'diff', diagram, diagram]);
    expect(loaded.filter((name) => name.includes('/node_modules/zod/'))).to.deep.equal([]);
  });

  for (const [words, exit] of [
    [['jobs', 'failed'], 0],
    [['policy', 'list'], 0],
    [['retention', 'show'], 0],
    // An unused database has nothing to verify.
    [['trail', 'verify'], 3],
  ] as const) {
    it(`hotline ${words.join(' ')}：用数据库，不装导出、网页服务、登录用的大库`, async () => {
      const loaded = await loadedBy(words, exit);
      expect(loaded.some((name) => ofDatabase.test(name))).to.equal(true);
      expect(loaded.filter((name) => seldom.test(name))).to.deep.equal([]);
    });
  }
});
