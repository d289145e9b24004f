/** `hotline serve` as a separate program, and people who log in to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from './built.js';

export interface ServingProgram extends LaunchedProgram {
  readonly url: string;
  /** Sample log-ins and their passwords, as printed. */
  readonly samples: ReadonlyMap<string, string>;
  signIn(login: string, password: string): Promise<Browser>;
}

export interface LaunchedProgram {
  readonly process: ChildProcess;
  /** All that it has printed until now. */
  output(): string;
  /** Resolves with the matching output. @throws {Error} with all its output if it ends before */
  prints(what: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** The same, of one that is told to end. */
  stop(): Promise<number | null>;
}

interface Browser {
  /** Of the log-in. */
  readonly status: number;
  post(path: string, body: object): Promise<Response>;
  put(path: string, body: object): Promise<Response>;
}

export function launchServe(env: NodeJS.ProcessEnv, ...words: readonly string[]): LaunchedProgram {
  const child = spawn(process.execPath, [builtProgram(), 'serve', '--port', '0', ...words], {
    cwd: packageRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      child.emit('printed');
    });
  }
  const ended = (once(child, 'close') as Promise<[number | null]>).then(([code]) => code);
  return {
    process: child,
    ended,
    output: () => output,
    prints: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = what.exec(output);
          if (found) resolve(found);
        };
        child.on('printed', look);
        void ended.then(() => reject(new Error(output)));
        look();
      }),
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** @throws {Error} with all that it printed when it ends instead of serving */
export async function startServing(
  env: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<ServingProgram> {
  const program = launchServe(env, ...words);
  const [, port = ''] = await program.prints(/已启动：http:\/\/\S+?:(\d+)./s);
  const url = `http://127.0.0.1:${port}`;
  // The sample log-ins are printed immediately after; once it answers, they are complete.
  await fetch(`${url}/readyz`);
  return {
    ...program,
    url,
    samples: new Map(
      [...program.output().matchAll(/^ {2}(\S+) +(\S{23}) {2}/gm)].map(([, login = '', password = '']) => [
        login,
        password,
      ]),
    ),
    signIn: (login, password) => signIn(url, login, password),
  };
}

async function signIn(url: string, login: string, password: string): Promise<Browser> {
  const before = await fetch(`${url}/api/session`);
  const send = (method: string, cookie: string, csrf: string, path: string, body: object) =>
    fetch(`${url}${path}`, {
      method,
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { csrf } = (await before.json()) as { csrf: string };
  const after = await send('POST', cookieOf(before), csrf, '/api/session', { login, password });
  const { csrf: word = '' } = (await after.json()) as { csrf?: string };
  return {
    status: after.status,
    post: (path, body) => send('POST', cookieOf(after), word, path, body),
    put: (path, body) => send('PUT', cookieOf(after), word, path, body),
  };
}

const cookieOf = (reply: Response): string => reply.headers.get('set-cookie')?.split(';')[0] ?? '';
