/** `hotline serve` as a program of its own, and people who log in to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from './built.js';

export interface ServingProgram {
  readonly url: string;
  /** Sample log-ins and their passwords, as printed. */
  readonly samples: ReadonlyMap<string, string>;
  output(): string;
  signIn(login: string, password: string): Promise<Browser>;
  stop(): Promise<void>;
}

interface Browser {
  /** Of the log-in. */
  readonly status: number;
  post(path: string, body: object): Promise<Response>;
}

/** @throws {Error} with all that it printed when it ends instead of serving */
export async function startServing(
  env: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<ServingProgram> {
  const child = spawn(process.execPath, [builtProgram(), 'serve', '--port', '0', ...words], {
    cwd: packageRoot,
    env,
  });
  let output = '';
  const heard = (chunk: Buffer): void => void (output += chunk.toString());
  child.stderr.on('data', heard);
  const ended = once(child, 'close');
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      heard(chunk);
      const found = /已启动:http:\/\/\S+?:(\d+)(.)/s.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('close', () => reject(new Error(output)));
  });
  const url = `http://127.0.0.1:${port}`;
  // The sample log-ins follow in the same breath; whoever answers has printed them.
  await fetch(`${url}/readyz`);
  return {
    url,
    samples: new Map(
      [...output.matchAll(/^ {2}(\S+) +(\S{20}) {2}/gm)].map(([, login = '', password = '']) => [
        login,
        password,
      ]),
    ),
    output: () => output,
    signIn: (login, password) => signIn(url, login, password),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function signIn(url: string, login: string, password: string): Promise<Browser> {
  const before = await fetch(`${url}/api/session`);
  const post = (cookie: string, csrf: string, path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { csrf } = (await before.json()) as { csrf: string };
  const after = await post(cookieOf(before), csrf, '/api/session', { login, password });
  const { csrf: word = '' } = (await after.json()) as { csrf?: string };
  return { status: after.status, post: (path, body) => post(cookieOf(after), word, path, body) };
}

const cookieOf = (reply: Response): string => reply.headers.get('set-cookie')?.split(';')[0] ?? '';
