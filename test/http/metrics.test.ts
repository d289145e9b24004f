import { expect } from 'chai';
import { after, before } from 'mocha';
import { createApp, createMetricsApp, listen, type Listening } from '../../src/http/index.js';
import type { Log, LogFacts } from '../../src/kernel/index.js';
import { useSystem } from '../support/system.js';
import { dispatched, problemIn, send, useServer, waterCut } from './serving.js';

describe('http metrics', () => {
  const served = useServer({ at: '2026-03-09T10:00:00+08:00' });
  let collector: Listening;
  before(async () => {
    collector = await listen(createMetricsApp(served().system), { host: '127.0.0.1', port: 0 });
  });
  after(() => collector.close());
  const figures = async (): Promise<string> => (await send(collector.url, '/metrics')).text;

  it('采集口答 Prometheus 文本：各接口的请求、引擎的步骤、到期积压、任务队列', async () => {
    const { url, system } = served();
    await dispatched(url);
    await send(url, '/api/work-orders/12345000000000');
    system.clock.moveTo(new Date('2026-03-12T00:00:10+08:00'));
    const before = await figures();
    expect(before).to.match(/hotline_http_request_seconds_count\{operation="acceptRequest",status="201"\} 1/);
    expect(before).to.match(
      /hotline_http_request_seconds_count\{operation="readWorkOrder",status="40[134]"\} 1/,
    );
    expect(before).to.match(/hotline_step_seconds_count\{kind="act",outcome="ok"\} [1-9]/);
    expect(before).to.match(/hotline_deadlines_due 1\n/);
    expect(before).to.match(/hotline_deadlines_due_oldest_seconds 10\n/);
    expect(before).to.match(/hotline_jobs\{state="waiting"\} [1-9]/);
    expect(before).to.match(/hotline_trail_unanchored 1\n/);
    expect(before).to.match(/hotline_pool_connections\{state="total"\} \d/);
    await system.executor.fireDue(200);
    const after = await figures();
    expect(after).to.match(/hotline_fired_cases_total 1\n/);
    expect(after).to.match(/hotline_deadlines_due 0\n/);
  });

  it('指标里没有来电人、号码、工单号和输入的地址', async () => {
    const { url } = served();
    await send(url, '/13800001234/张三'.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent));
    const text = await figures();
    for (const secret of [waterCut.callerName, waterCut.callerContact, '12345000000000', waterCut.title]) {
      expect(text).not.to.include(secret);
    }
  });

  it('采集口只有这一个地址；主接口上须是系统管理员', async () => {
    problemIn(await send(collector.url, '/api/status'));
    const as = await served().people.allowed(['intake']);
    expect(problemIn(await send(served().url, '/metrics', { as })).code).to.equal('access.denied');
    expect((await send(served().url, '/metrics')).status).to.equal(200);
  });
});

describe('http log', () => {
  const system = useSystem();
  const logged: { readonly text: string; readonly facts: LogFacts | undefined }[] = [];
  const note = (text: string, facts?: LogFacts) => void logged.push({ text, facts });
  const logOf = (): Log => ({ info: note, warn: note, error: (text, _error, facts) => note(text, facts) });
  const brokenWatch = () => ({ ...system().clockWatch, look: () => Promise.reject(new Error('broken')) });
  let server: Listening;
  before(async () => {
    const app = createApp({ ...system(), log: logOf() });
    server = await listen(app, { host: '127.0.0.1', port: 0 });
  });
  after(() => server.close());

  it('每个答复一条：接口、状态、用时和请求编号；请求编号与答复、与出错的一条相同', async () => {
    const alive = await send(server.url, '/healthz', { headers: { 'X-Request-Id': 'proxy-0123456789' } });
    expect(alive.headers['x-request-id']).to.equal('proxy-0123456789');
    const facts = logged.at(-1)?.facts;
    expect(facts).to.include({
      requestId: 'proxy-0123456789',
      operation: 'isAlive',
      status: 200,
      method: 'GET',
    });
    expect(Object.keys(facts ?? {})).to.have.members([
      'requestId',
      'method',
      'operation',
      'status',
      'milliseconds',
    ]);
  });

  it('没有料到的错误：日志与给人看的答复是同一个请求编号，答复里没有原因', async () => {
    const failed = await listen(createMetricsApp({ ...system(), log: logOf(), clockWatch: brokenWatch() }), {
      host: '127.0.0.1',
      port: 0,
    });
    try {
      const problem = problemIn(await send(failed.url, '/metrics'));
      expect(problem.status).to.equal(500);
      expect(problem.detail).not.to.include('broken');
      const told = logged.find(({ text }) => text === '请求出错');
      expect(told?.facts).to.include({ requestId: problem.requestId, code: 'internal.error' });
    } finally {
      await failed.close();
    }
  });
});
