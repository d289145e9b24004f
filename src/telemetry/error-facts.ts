/** What the log tells of an error. Messages may quote what somebody typed; quoted texts and long numbers go. */
import { Refusal } from '../kernel/index.js';
import type { LogFacts } from '../kernel/log.js';

/** PostgreSQL names the places of an error in fields of their own; `detail` and `where` hold values and stay out. */
const places = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'syscall'] as const;

const mostFrames = 8;

export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const fields = error as unknown as Readonly<Record<string, unknown>>;
  return {
    error: error.name,
    message: withoutValues(error.message),
    ...Object.fromEntries(
      places.flatMap((name) => (typeof fields[name] === 'string' ? [[name, fields[name]]] : [])),
    ),
    stack: framesOf(error),
    ...(error.cause instanceof Error && !(error instanceof Refusal && error.status < 500)
      ? { cause: withoutValues(`${error.cause.name}: ${error.cause.message}`) }
      : {}),
  };
}

const withoutValues = (text: string): string =>
  text
    .replaceAll(/“[^”]*”|"[^"]*"|'[^']*'|\([^()]*\)=\([^()]*\)/g, '…')
    .replaceAll(/\d{7,}/g, '…')
    .replaceAll(/[\w.+-]+@[\w.-]+/g, '…')
    .slice(0, 500);

/** The lines of the stack alone: its head is the message once more. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, mostFrames)
    .map((line) => line.trim())
    .join(' | ');
