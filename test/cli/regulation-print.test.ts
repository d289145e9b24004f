/** `hotline regulation print`: the official words beside the rules, in a file that lawyers sign. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import JSZip from 'jszip';
import { print } from '../../src/cli/regulation/print.js';
import { articleOf, shippedCatalogue } from '../../src/law/regulation/index.js';
import { provisionLabel } from '../../src/law/regulation/index.js';
import { refusalFrom } from '../support/refusal.js';
import { shared } from '../support/shared.js';

/** The text of each table row's cells. */
async function rowsIn(file: string): Promise<{ readonly rows: string[][]; readonly all: string }> {
  const zip = await JSZip.loadAsync(await readFile(file));
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  const textIn = (part: string): string =>
    [...part.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words = '']) => words).join('\n');
  const cells = (row: string): string[] =>
    [...row.matchAll(/<w:tc>[\s\S]*?<\/w:tc>/g)].map(([cell]) => textIn(cell));
  return {
    rows: [...xml.matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) => cells(row)),
    all: textIn(xml),
  };
}

describe('hotline regulation print', () => {
  let official = '';
  let folder = '';
  beforeEach(async function () {
    official = shared(this, 'regulation/济南市12345市民服务热线条例-2018.md');
    folder = await mkdtemp(join(tmpdir(), 'hotline-print-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('逐条：左边原文，右边每一项规则的白话；末尾有姓名、日期、签名', async () => {
    const out = join(folder, '对照.docx');
    await print({ text: official, out });
    const { rows, all } = await rowsIn(out);
    const catalogue = shippedCatalogue('2026-12-02');
    for (const { id } of catalogue.norms) {
      const label = provisionLabel(`art${articleOf(catalogue, id)}`);
      const row = rows.find(([left]) => left?.startsWith(`${label}\n`));
      expect(row?.[1], `${id} ${label}`).to.match(new RegExp(`^${id} 第`, 'm'));
    }
    const [left = '', right = ''] = rows.find(([words]) => words?.startsWith('第二十四条\n')) ?? [];
    expect(left).to.include('（一）能够在五个工作日内办理完毕的，应当及时办理；');
    expect(right)
      .to.include('期限：5 个工作日，计时：回复、反馈的期限')
      .and.include('履行：“办理并写明情形”和“回复来电人”，或者“向来电人解释不再办理”')
      .and.include('事由：第二十八条第一款第一项或者第二十八条第一款第二项');
    const [, demanded] = rows.find(([words]) => words?.startsWith('第十六条\n')) ?? [];
    expect(demanded).to.include('谁有权要求：来电人，以“来电人要求说明”');
    expect(all).to.match(/姓名：_+\n日期：_+\n签名：_+$/);
    expect(await readdir(folder)).to.deep.equal(['对照.docx']);
  });

  const wrong: readonly [string, (text: string) => string, RegExp][] = [
    ['少了一条', (text) => text.replace(/^第二十五条[\s\S]*?(?=^第二十六条)/m, ''), /没有第二十五条第一款/],
    [
      '编号不同',
      (text) => text.replace(/^第二十五条/m, '第四十五条'),
      /没有第二十五条第一款；.*多出第四十五条第一款；/,
    ],
  ];
  for (const [what, change, named] of wrong)
    it(`原文${what}：拒绝，指明哪一条，什么也没有写`, async () => {
      const text = join(folder, '全文.txt');
      await writeFile(text, change(await readFile(official, 'utf8')));
      const refusal = await refusalFrom(print({ text, out: join(folder, '对照.docx') }));
      expect(refusal?.code).to.equal('regulation.text-invalid');
      expect(refusal?.message).to.match(named);
      expect(await readdir(folder)).to.deep.equal(['全文.txt']);
    });

  it('写不进去的地方：拒绝，什么也没有留下', async () => {
    const refusal = await refusalFrom(print({ text: official, out: join(folder, '没有', '对照.docx') }));
    expect(refusal?.code).to.equal('file.unreadable');
    expect(await readdir(folder)).to.deep.equal([]);
  });
});
