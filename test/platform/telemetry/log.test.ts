import { Writable } from 'node:stream';
import { expect } from 'chai';
import { Refusal } from '../../../src/kernel/index.js';
import { createLog, logSettings } from '../../../src/platform/telemetry/log/index.js';

function collected(form: 'json' | 'text', level: 'info' | 'warn' = 'info') {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, log: createLog({ form, level }, to) };
}

describe('the log', () => {
  it('每个事件一行 JSON：级别、时刻、说明和事实各有其名', () => {
    const { lines, log } = collected('json');
    log.info('答复', { operation: 'readStatus', status: 200 });
    const line = JSON.parse(lines.join('')) as Record<string, unknown>;
    expect(line).to.include({ level: 'info', msg: '答复', operation: 'readStatus', status: 200 });
    expect(line['time']).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('错误只记种类和位置：引用的文字、号码、邮箱和数据库的明细不进日志', () => {
    const { lines, log } = collected('json');
    const error = Object.assign(
      new Error('invalid input "张三" for 13800001234, Key (caller)=(李四) of wang@example.com'),
      { code: '22P02', table: 'work_order', detail: '来电人 赵六', where: '13900000000' },
    );
    log.error('请求出错', error, { operation: 'acceptRequest' });
    const text = lines.join('');
    expect(text).to.include('22P02').and.include('work_order').and.include('acceptRequest');
    expect(text).to.include('log.test');
    for (const secret of ['张三', '13800001234', '李四', 'wang@example.com', '赵六', '13900000000']) {
      expect(text, secret).not.to.include(secret);
    }
  });

  it('原因链也不带值；不是 Error 的只记类型', () => {
    const { lines, log } = collected('json');
    log.error('出错', new Error('outer', { cause: new Error("duplicate '13800001234'") }));
    log.error('出错', '13800001234');
    expect(lines.join('')).to.include('duplicate').and.include('"error":"string"');
    expect(lines.join('')).not.to.include('13800001234');
  });

  it('终端上是读得懂的一行，低于级别的不出现', () => {
    const { lines, log } = collected('text', 'warn');
    log.info('答复');
    log.warn('时钟偏差过大', { milliseconds: 3000 });
    expect(lines.join(''))
      .to.match(/WARN.*时钟偏差过大/)
      .and.not.include('答复');
  });

  it('设置：终端默认文字和警告，否则 JSON 和全部；不认识的写法是错误', () => {
    expect(logSettings({}, true)).to.deep.equal({ form: 'text', level: 'warn' });
    expect(logSettings({}, false)).to.deep.equal({ form: 'json', level: 'info' });
    expect(logSettings({ HOTLINE_LOG: 'json', HOTLINE_LOG_LEVEL: 'error' }, true)).to.deep.equal({
      form: 'json',
      level: 'error',
    });
    expect(() => logSettings({ HOTLINE_LOG: 'xml' }, true)).to.throw(Refusal, 'HOTLINE_LOG');
    expect(() => logSettings({ HOTLINE_LOG_LEVEL: 'loud' }, true)).to.throw(Refusal, 'HOTLINE_LOG_LEVEL');
  });
});
