/** Facts that the log records about an error. Quoted texts and long numbers, which may come from users, are removed. */
import { Refusal } from '../../../kernel/index.js';
import type { LogFacts } from '../../../kernel/log.js';

/** Fields of a PostgreSQL error that hold no values; `detail` and `where` do. */
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
    ...(error instanceof Refusal && error.place !== undefined ? { place: error.place } : {}),
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

/** The stack without its head, which repeats the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, mostFrames)
    .map((line) => line.trim())
    .join(' | ');
