/**
 * `hotline package check --live`: starts the city in a temporary folder, with its sample people, and
 * lives one case for each way out. Nothing of it remains.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SampleLogin } from '../../identity/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/clock.js';
import { packageRoot } from '../../kernel/package-root.js';
import { Refusal } from '../../kernel/refusal.js';
import { startEmbedded } from '../../platform/database/embedded/index.js';
import { liveOne, type LivedWay } from './live-case.js';
import { signIn } from './live-person.js';

/** @param signal stops everything; what was begun is taken away all the same */
export async function liveEachWay(signal: AbortSignal): Promise<readonly LivedWay[]> {
  const directory = await mkdtemp(join(tmpdir(), 'hotline-live-'));
  try {
    // Nothing is to survive, so the disk need not be waited for.
    const embedded = await startEmbedded({ directory, settings: { fsync: 'off' } });
    try {
      signal.throwIfAborted();
      return await livedIn(serve(directory, signal), signal);
    } finally {
      await embedded.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function livedIn(city: Program, signal: AbortSignal): Promise<readonly LivedWay[]> {
  try {
    const { shippedLaw } = await import('../../law/regulation/index.js');
    const { listening, logins } = await city.serving;
    const people = await Promise.all(
      logins.map(({ login, password }) => signIn(listening, login, password, signal)),
    );
    const law = shippedLaw(civilDateOf(systemClock.now()));
    const lived: LivedWay[] = [];
    const sheets: string[] = [];
    for (const way of law.intake.waysOut) lived.push(await liveOne(way, { people, law, sheets }));
    return lived;
  } finally {
    await city.stop();
  }
}

interface Program {
  readonly serving: Promise<Serving>;
  stop(): Promise<void>;
}

interface Serving {
  readonly listening: string;
  readonly logins: readonly SampleLogin[];
}

/** The same program as `hotline serve`, without the settings of the installation. */
function serve(directory: string, signal: AbortSignal): Program {
  const { HOTLINE_PACKAGE, ...others } = process.env;
  const foreign = /^(HOTLINE_|OTEL_|DATABASE_URL$)/;
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'hotline.mjs'), 'serve', '--port', '0'], {
    env: {
      ...Object.fromEntries(Object.entries(others).filter(([name]) => !foreign.test(name))),
      ...(HOTLINE_PACKAGE === undefined ? {} : { HOTLINE_PACKAGE }),
      HOTLINE_DATA: directory,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => said.push(String(text)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const serving = new Promise<Serving>((resolve, reject) => {
    child.once('message', (told) => resolve(told as Serving));
    child.once('error', reject);
    void ended.then(() => {
      const last = said.join('').trim().split('\n').slice(-8).join('\n');
      const why = new Refusal('package.invalid', `城市没有启动起来：${last}`, {
        remedy: '照上面说的改条例包',
      });
      reject(signal.aborted ? (signal.reason as Error) : why);
    });
  });
  const end = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  return {
    serving,
    stop: async () => {
      signal.removeEventListener('abort', end);
      end();
      await ended;
    },
  };
}
