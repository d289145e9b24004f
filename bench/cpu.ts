/** CPU time of processes on Linux; NaN elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface Times {
  readonly parent: number;
  /** Seconds, in user and kernel. */
  readonly own: number;
  /** Of ended children. */
  readonly reaped: number;
}

function timesOf(pid: number | string): Times | undefined {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  // The program's name, in parentheses, may contain spaces.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0, reapedUser = 0, reapedSystem = 0] = fields.slice(11, 15);
  return {
    parent,
    own: (user + system) / ticksPerSecond,
    reaped: (reapedUser + reapedSystem) / ticksPerSecond,
  };
}

/** Of this program. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export const cpuSecondsOf = (pid: number): number => timesOf(pid)?.own ?? Number.NaN;

/** The postmaster, whose children are the backends. */
export const serverOf = (backend: number): number => timesOf(backend)?.parent ?? Number.NaN;

/** Of the whole server of a backend. */
export const serverCpuSeconds = (backend: number): number => cpuSecondsOfServer(serverOf(backend));

export function cpuSecondsOfServer(server: number): number {
  const itself = timesOf(server);
  if (!itself) return Number.NaN;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => timesOf(pid) ?? [])
    .filter(({ parent }) => parent === server);
  return children.reduce((sum, { own }) => sum + own, itself.own + itself.reaped);
}
