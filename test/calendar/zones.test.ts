import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

interface Report {
  readonly offset: number;
  readonly lines: readonly string[];
}

const run = promisify(execFile);

async function reportUnder(zone: string): Promise<Report> {
  const script = join(packageRoot, 'test', 'support', 'zone-report.ts');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], {
    cwd: packageRoot,
    env: { ...process.env, TZ: zone },
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Report;
}

describe('the server’s zone does not matter', () => {
  it('UTC, America/New_York and Asia/Shanghai give the same days, limits and comparisons', async () => {
    const { offset: utc, ...inUtc } = await reportUnder('UTC');
    const { offset: newYork, ...inNewYork } = await reportUnder('America/New_York');
    const { offset: shanghai, ...inShanghai } = await reportUnder('Asia/Shanghai');
    // The zones really were in force.
    expect([utc, newYork, shanghai].map((offset) => offset + 0)).to.deep.equal([0, 300, -480]);
    expect(inUtc.lines).to.have.length.greaterThan(900);
    expect(inNewYork).to.deep.equal(inUtc);
    expect(inShanghai).to.deep.equal(inUtc);
  });
});
