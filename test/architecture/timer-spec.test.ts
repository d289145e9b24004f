/** The calendar implements a port of the kernel and the engine calls it: neither defines a timer's length again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

describe('定时的长度和期限的端口只写一次', () => {
  it('TimerSpec、DueDates、PolicyValues 都在 kernel/timer-spec.ts', () => {
    const declared = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) =>
        [
          ...readFileSync(join(source, path), 'utf8').matchAll(
            /\b(?:interface|type) (TimerSpec|DueDates|PolicyValues)\b(?! *[,}])/g,
          ),
        ].map(([, name]) => `${path.replaceAll('\\', '/')} ${name ?? ''}`),
      );
    expect(declared).to.have.members(
      ['TimerSpec', 'DueDates', 'PolicyValues'].map((name) => `kernel/timer-spec.ts ${name}`),
    );
  });
});
