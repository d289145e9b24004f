import type { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import type { z } from 'zod';
import type { change, checkReport } from '../../src/http/contract/draft-review.js';
import { checkApart } from '../../src/design/checking/index.js';
import { checkDiagram } from '../../src/design/compliance/index.js';
import { checkContext, shippedDiagrams } from '../support/check-context.js';
import { answered, post, problemIn, useServer } from './serving.js';
import { drawnLimit } from '../support/drawn-limit.js';

const handling = shippedDiagrams.find(({ file }) => file === 'handling.bpmn')?.xml ?? '';

describe('核查、比较任何一张流程图', () => {
  const served = useServer();
  const checked = async (source: string) =>
    answered('checkDiagram', await post(served().url, '/api/checks', { source })) as z.input<
      typeof checkReport
    >;

  it('大的图在另一个线程里核查、比较，只开一个；结论相同，读不懂的照样说明', async () => {
    const threads: Worker[] = [];
    const note = (thread: Worker): void => void threads.push(thread);
    process.on('worker', note);
    await checked('<svg/>');
    expect(threads).to.deep.equal([]);
    const [report, again] = await Promise.all([checked(`${handling}<!-- 大 -->`), checked(handling)]);
    expect(report).to.deep.equal(await checkDiagram(`${handling}<!-- 大 -->`, checkContext));
    expect(again).to.deep.equal(await checkDiagram(handling, checkContext));
    const broken = `<svg>${' '.repeat(60_000)}</svg>`;
    expect((await checked(broken)).findings.map(({ rule }) => rule)).to.deep.equal(['well-formed']);
    const compared = await post(served().url, '/api/difference', { before: handling, after: broken });
    expect(problemIn(compared).code).to.equal('definition.not-bpmn');
    // The thread remains, even from another test file: the requests opened it at most once, and it
    // exists now.
    expect(threads.length).to.be.at.most(1);
    threads.length = 0;
    await checkApart(handling, checkContext);
    expect(threads).to.deep.equal([]);
    // Where there is none yet, several at once open one.
    const fresh = (await import(
      `${import.meta.resolve('../../src/design/checking/check-thread.js')}?fresh`
    )) as {
      readonly checkApart: typeof checkApart;
    };
    await Promise.all([fresh.checkApart(handling, checkContext), fresh.checkApart(handling, checkContext)]);
    process.off('worker', note);
    expect(threads).to.have.length(1);
  });

  it('第二十四条：与命令行、浏览器里结论相同；读不懂的也是一处毛病', async () => {
    const six = drawnLimit(handling, 'P6D');
    const report = await checked(six);
    expect(report).to.deep.equal(await checkDiagram(six, checkContext));
    expect(report.publishable).to.equal(false);
    expect(report.findings[0]?.article).to.match(/^第二十四条/);
    expect((await checked('<svg/>')).findings.map(({ rule }) => rule)).to.deep.equal(['well-formed']);
  });

  it('第二十四条：差别一句一项；不是流程图的拒绝', async () => {
    const compare = (before: string, after: string) =>
      post(served().url, '/api/difference', { before, after });
    const { changes } = answered('compareDiagrams', await compare(handling, drawnLimit(handling, 'P4D'))) as {
      readonly changes: readonly z.input<typeof change>[];
    };
    expect(changes.map(({ sentence }) => sentence)).to.deep.equal([
      '第24条 回复期限由 条例规定的回复、反馈的期限改为 4 个工作日',
    ]);
    expect(problemIn(await compare(handling, '<svg/>')).code).to.equal('definition.not-bpmn');
  });

  it('流程图收到 5 MiB，再大的说超过多少；不带流程图的照旧 1 MiB', async () => {
    const padded = (bytes: number) => `${handling}<!--${'x'.repeat(bytes - handling.length - 7)}-->`;
    expect((await checked(padded(4_900_000))).publishable).to.equal(true);
    const long = problemIn(await post(served().url, '/api/checks', { source: 'x'.repeat(5_300_000) }));
    expect(long).to.include({ code: 'input.invalid', where: 'source' });
    const larger = problemIn(await post(served().url, '/api/checks', { source: 'x'.repeat(9_000_000) }));
    expect(larger).to.include({ status: 413, detail: '正文超过 8 MiB' });
    const other = problemIn(await post(served().url, '/api/work-orders', { title: 'x'.repeat(2_000_000) }));
    expect(other).to.include({ status: 413, detail: '正文超过 1 MiB' });
  });
});
