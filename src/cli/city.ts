/** `hotline city`: runs any other command for one of several cities. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';
import { Refusal } from '../kernel/refusal.js';
import type { ChineseCommand } from './frame/chinese-command.js';

export function register(program: ChineseCommand): void {
  program
    .enablePositionalOptions()
    .word('city', '几个城市合用一处的：对其中一个执行别的命令，例如 hotline city weifang setup')
    .option('--cities <文件>', '城市的名单，也可用 HOTLINE_CITIES 指定')
    .argument('<城市>', '名单里的代号')
    .argument('<命令...>', '命令和它的选项')
    .passThroughOptions()
    .allowUnknownOption()
    .action((key: string, words: string[], { cities }: { cities?: string }) =>
      run(cities ?? process.env['HOTLINE_CITIES']?.trim(), key, words),
    );
}

async function run(file: string | undefined, key: string, words: readonly string[]): Promise<void> {
  if (!file) {
    throw new Refusal('usage.invalid', '没有说城市的名单是哪个文件', {
      remedy: '写 --cities 文件，或者设 HOTLINE_CITIES',
    });
  }
  const { readCities } = await import('../platform/cities/index.js');
  const { cities } = readCities(file);
  const city = cities.find((one) => one.key === key);
  if (!city) {
    throw new Refusal('usage.invalid', `${file} 里没有“${key}”`, {
      remedy: `名单里有：${cities.map((one) => one.key).join('、')}`,
    });
  }
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'hotline.mjs'), ...words], {
    env: city.environment,
    stdio: 'inherit',
  });
  // Ctrl-C in a terminal reaches both programs; this one waits for the other's exit.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // Uses the exit code of a shell: 128 + signal for a command that was killed.
  process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
}
