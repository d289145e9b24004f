/**
 * Another system's log is judged by the same code as our own cases: takeover only reads, maps and
 * shows (src/takeover/README.md).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findingTitles, verdicts } from '../../src/law/regulation/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

const textsOf = (folder: string): readonly (readonly [file: string, text: string])[] =>
  readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|vue)$/.test(path))
    .map((path) => [join(folder, path), readFileSync(join(source, folder, path), 'utf8')]);

const speaking = (folders: readonly string[], of: RegExp): readonly string[] =>
  folders.flatMap(textsOf).flatMap(([file, text]) => (of.test(text) ? [file] : []));

describe('旧系统的日志由 law/ 判', () => {
  it('src/takeover/ 不碰解释器、规则、日历、政策、词汇里的先后和分离', () => {
    const judging =
      /\b(?:standingOf|dutiesOf|stateAt|rulesOf|matches|createDueDates|TimerSpec|DueDates|Policies|WorkingCalendar|workingDaysBetween)\b|\/calendar\/|\.(?:deadline|discharged|opens|apart|orders|effect|violatedAt|missedAt)\b/;
    expect(speaking(['takeover'], judging)).to.deep.equal([]);
  });

  it('判词和种类的名称只在 law/ 里写', () => {
    const words = [...Object.values(verdicts), ...Object.values(findingTitles)];
    const quoted = new RegExp(`['"\`>](?:${words.join('|')})['"\`<]`);
    expect(
      speaking(['takeover', 'cli/takeover', 'web/screens/takeover', 'http/routes', 'http/views'], quoted),
    ).to.deep.equal([]);
    expect(quoted.test(readFileSync(join(source, 'http/contract/old-log.ts'), 'utf8'))).to.equal(false);
  });
});
