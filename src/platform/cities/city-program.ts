/**
 * Runs one city's program: starts it, monitors it, and restarts it after it has ended, with growing
 * delays. It knows nothing of the program but its address.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../kernel/package-root.js';
import type { Clock, Log } from '../../kernel/index.js';
import type { City } from './city.js';

export interface CityProgram extends Pick<City, 'key' | 'name' | 'host' | 'path'> {
  /** `http://127.0.0.1:…`; undefined while it does not answer. */
  target(): string | undefined;
  /** Runs until the signal aborts; resolves when the program has ended. */
  run(signal: AbortSignal): Promise<void>;
}

export interface ProgramDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Called with each line that the city's program prints. */
  readonly say: (stream: 'stdout' | 'stderr', city: City, line: string) => void;
  /** Additional arguments of `hotline serve`. */
  readonly words: readonly string[];
  readonly patience?: Patience;
}

/** Times in milliseconds. */
interface Patience {
  /** Delay before a restart: doubled each time up to the longest, and reset to the first after running for `steady`. */
  readonly first: number;
  readonly longest: number;
  readonly steady: number;
  /** Interval between health checks, and the time allowed for an answer. */
  readonly look: number;
  /** After this many unanswered checks the program is killed. */
  readonly unanswered: number;
  /** Time allowed for an orderly shutdown. */
  readonly farewell: number;
}

const usual: Patience = {
  first: 1000,
  longest: 60_000,
  steady: 60_000,
  look: 5000,
  unanswered: 6,
  farewell: 20_000,
};

export function createCityProgram(city: City, deps: ProgramDeps): CityProgram {
  const { clock, log, patience = usual } = deps;
  const { key, name, host, path } = city;
  let target: string | undefined;

  const run = async (signal: AbortSignal): Promise<void> => {
    let falls = 0;
    while (!signal.aborted) {
      const startedAt = clock.now().getTime();
      const why = await live(signal);
      target = undefined;
      if (signal.aborted) return;
      falls = clock.now().getTime() - startedAt >= patience.steady ? 0 : falls + 1;
      const pause = Math.min(patience.longest, patience.first * 2 ** Math.max(0, falls - 1));
      log.warn(`${name}的程序停了（${why}），${Math.ceil(pause / 1000)} 秒以后再启动；别的城市不受影响`, {
        city: key,
      });
      await clock.sleep(pause, signal);
    }
  };

  /** @returns why it ended */
  const live = async (signal: AbortSignal): Promise<string> => {
    const child = spawn(
      process.execPath,
      [join(packageRoot, 'bin', 'hotline.mjs'), 'serve', '--port', '0', ...deps.words],
      { env: city.environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    const gone = new AbortController();
    const ended = endOf(child).finally(() => gone.abort());
    for (const stream of ['stdout', 'stderr'] as const) {
      const lines = child[stream];
      if (lines) createInterface(lines).on('line', (line) => deps.say(stream, city, line));
    }
    child.on('message', (told: { readonly listening?: string }) => {
      if (told.listening === undefined) return;
      target = told.listening;
      log.info(`${name}的程序在答复了`, { city: key });
      void watch(told.listening, child, gone.signal);
    });
    const stop = (): void => void end(child, gone.signal);
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await ended;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };

  /** A hanging program blocks its city, so it is killed and restarted. */
  const watch = async (url: string, child: ChildProcess, gone: AbortSignal): Promise<void> => {
    for (let unanswered = 0; !gone.aborted;) {
      await clock.sleep(patience.look, gone);
      if (gone.aborted) return;
      const answers = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(patience.look) }).then(
        ({ ok }) => ok,
        () => false,
      );
      unanswered = answers ? 0 : unanswered + 1;
      if (unanswered < patience.unanswered) continue;
      log.warn(`${name}的程序没有应答，结束它`, { city: key });
      child.kill('SIGKILL');
      return;
    }
  };

  const end = async (child: ChildProcess, gone: AbortSignal): Promise<void> => {
    child.kill('SIGTERM');
    await clock.sleep(patience.farewell, gone);
    if (!gone.aborted) child.kill('SIGKILL');
  };

  return { key, name, host, path, target: () => target, run };
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal === null ? `退出码 ${code}` : signal;
  } catch (error) {
    return (error as Error).message;
  }
}
