import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { defaultCalendar } from '../../src/calendar/index.js';
import type { DueAnswer } from '../../src/calendar/index.js';
import { answerLines, linesOf } from '../../src/cli/calendar/due-lines.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

async function hotline(parameters: readonly string[], input = ''): Promise<Outcome> {
  const child = spawn(process.execPath, [builtProgram(), 'calendar', ...parameters], { cwd: packageRoot });
  child.stdin.end(input);
  const closed = once(child, 'close') as Promise<[number]>;
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code, out, error };
}

describe('hotline calendar due', () => {
  it('says when a limit ends, day by day, in words and as JSON', async () => {
    const words = await hotline(['due', '2019-04-24T16:03:40+08:00', '5']);
    expect(words).to.include({ code: 0, error: '' });
    expect(words.out).to.contain('期限至 2019-04-30 24:00(2019-05-01T00:00:00+08:00)');
    const json = await hotline(['due', '2026-12-22', '5', '--json']);
    expect(JSON.parse(json.out) as DueAnswer).to.include({
      start: '2026-12-22',
      workingDays: 5,
      due: '2026-12-30T00:00:00+08:00',
      dueDate: '2026-12-29',
      provisional: true,
    });
  });

  it('refuses what makes no sense with a sentence and exit code 1', async () => {
    for (const [parameters, sentence] of [
      [['2026-02-30', '5'], '没有“2026-02-30”这一天'],
      [['2026-03-01T10:00:00', '5'], '没有写明时区'],
      [['2026-03-01', '-1'], '工作日数“-1”不对'],
      [['2026-03-01', '1000000'], '工作日数“1000000”不对'],
    ] as const) {
      const { code, out, error } = await hotline(['due', ...parameters]);
      expect({ code, out }).to.deep.equal({ code: 1, out: '' });
      expect(error).to.contain(sentence).and.contain('办法：').and.not.contain('    at ');
    }
  });

  it('answers JSON lines; a bad one is named by its number, the rest goes on, exit code 1', async () => {
    const good = JSON.stringify({ start: '2019-04-24T16:03:40+08:00', workingDays: 5 });
    const { code, out, error } = await hotline(['due', '--stdin'], `${good}\n不是 JSON\n\n${good}`);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DueAnswer);
    expect(code).to.equal(1);
    expect(answers.map(({ dueDate }) => dueDate)).to.deep.equal(['2019-04-30', '2019-04-30']);
    expect(Object.keys(answers[0] ?? {})).to.deep.equal([
      'start',
      'workingDays',
      'due',
      'dueDate',
      'provisional',
      'days',
    ]);
    expect(error).to.match(/^第 2 行：不是 JSON/);
    expect((await hotline(['due', '--stdin'], `${good}\n`)).code).to.equal(0);
  });
});

describe('JSON lines of calendar due --stdin', () => {
  const answered = async (chunks: readonly Buffer[]) => {
    const out: string[] = [];
    const errors: string[] = [];
    const allGood = await answerLines(
      defaultCalendar(),
      linesOf(
        (async function* () {
          yield* chunks;
        })(),
      ),
      {
        out: async (line) => void out.push(line),
        error: async (line) => void errors.push(line),
      },
    );
    return { out, errors, allGood };
  };

  it('lines may be cut anywhere, even within a character', async () => {
    const bytes = Buffer.from(
      '{"start":"2026-09-28","workingDays":5,"备注":"工单"}\r\n{"start":"2026-09-28","workingDays":1}',
    );
    const whole = await answered([bytes]);
    for (let cut = 1; cut < bytes.length; cut += 7) {
      expect(await answered([bytes.subarray(0, cut), bytes.subarray(cut)])).to.deep.equal(whole);
    }
    expect(whole).to.deep.include({ errors: [], allGood: true });
    expect(whole.out).to.have.length(2);
  });

  it('every kind of bad line has its sentence', async () => {
    const bad: (string | Buffer)[] = [
      '[]',
      '{"workingDays":5}',
      '{"start":"2026-09-28"}',
      '{"start":"2026-09-28","workingDays":"5"}',
      '{"start":"2026-09-28","workingDays":-5}',
      '{"start":"2026-09-28","workingDays":1.5}',
      '{"start":"1998-09-28","workingDays":5}',
      Buffer.from([0xff, 0xfe]),
      'x'.repeat(70_000),
    ];
    const { out, errors } = await answered(bad.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
    expect(out).to.deep.equal([]);
    const sentences = [
      'JSON 对象',
      'start',
      'workingDays',
      'workingDays',
      '“-5”',
      '“1.5”',
      '日历之外',
      'UTF-8',
      '65536',
    ];
    expect(errors).to.have.length(sentences.length);
    sentences.forEach((sentence, index) => {
      expect(errors[index])
        .to.contain(`第 ${index + 1} 行`)
        .and.contain(sentence);
    });
  });
});

describe('hotline calendar day', () => {
  it('says what a day is and on whose word', async () => {
    const { out } = await hotline(['day', '2020-02-01', '--json']);
    expect(JSON.parse(out) as object).to.deep.include({
      date: '2020-02-01',
      working: false,
      disputed: true,
      provisional: false,
    });
    expect(out).to.contain('国办发明电〔2020〕1号');
    expect((await hotline(['day', '2026-10-10'])).out).to.contain(
      '2026-10-10 周六：工作日 —— 国庆节调休上班',
    );
  });

  it('refuses a day that does not exist', async () => {
    const { code, error } = await hotline(['day', '2026-13-01']);
    expect(code).to.equal(1);
    expect(error).to.contain('没有“2026-13-01”这一天');
  });
});

describe('hotline calendar check', () => {
  it('lists the four days on which chinese-workday is wrong', async () => {
    const { out, code } = await hotline(['check', '--json']);
    const { disagreements } = JSON.parse(out) as { disagreements: { date: string }[] };
    expect(code).to.equal(0);
    expect(disagreements.map(({ date }) => date)).to.deep.equal([
      '2018-01-01',
      '2020-01-31',
      '2020-02-01',
      '2023-01-03',
    ]);
    expect((await hotline(['check', '--since', '2024'])).out).to.contain('说法不一 0 天');
    expect((await hotline(['check', '--since', '去年'])).error).to.contain('没有可比对的年份');
  });
});
