/** Replays a file of messages in batches; memory is bounded by a few batches. */
import type { Trail } from '../../accountability/index.js';
import { Refusal } from '../../kernel/index.js';
import { linesOf } from './lines.js';
import { parseLine } from './message.js';
import { replayLine, type ReplayLine } from './outcome.js';
import { simulate, type Replayed, type SimulateDeps } from './simulate.js';

export interface ReplayDeps extends SimulateDeps {
  readonly trail: Trail;
}

export interface ReplayOptions {
  /** Cases per batch; several batches run concurrently to keep program and database busy. */
  readonly batch?: number;
  readonly onLine: (line: ReplayLine) => Promise<void> | void;
  readonly onBad: (number: number, reason: string) => void;
  /** Called with the number of bytes of the file that are completed. */
  readonly onProgress?: (bytes: number) => void;
}

const defaultBatch = 200;
const batchesUnderWay = 3;

/** Results are in file order. @throws {Refusal} `file.unreadable` and refusals of steps */
export async function replay(deps: ReplayDeps, path: string, options: ReplayOptions): Promise<void> {
  const size = options.batch ?? defaultBatch;
  const seen = new Map<string, number>();
  const underWay: Promise<readonly ReplayLine[]>[] = [];
  const ends: number[] = [];
  let batch: Replayed[] = [];
  let end = 0;

  const launch = (): void => {
    const running = liveThrough(deps, batch);
    // Prevents an unhandled rejection; the error is thrown when the batch is awaited.
    running.catch(() => undefined);
    underWay.push(running);
    ends.push(end);
    batch = [];
  };
  const land = async (): Promise<void> => {
    for (const line of (await underWay.shift()) ?? []) await options.onLine(line);
    options.onProgress?.(ends.shift() ?? 0);
  };

  try {
    for await (const line of linesOf(path)) {
      end = line.end;
      const parsed = parseLine(line.bytes);
      if (!parsed.ok) {
        options.onBad(line.number, parsed.reason);
        continue;
      }
      const earlier = seen.get(parsed.message.no);
      if (earlier !== undefined) {
        options.onBad(line.number, `编号 ${parsed.message.no} 与第 ${earlier} 行重复`);
        continue;
      }
      seen.set(parsed.message.no, line.number);
      batch.push({ message: parsed.message, key: keyOf(parsed.digest, parsed.message.no) });
      if (batch.length === size) launch();
      if (underWay.length === batchesUnderWay) await land();
    }
    if (batch.length > 0) launch();
    while (underWay.length > 0) await land();
  } catch (error) {
    await Promise.allSettled(underWay);
    throw unreadable(error, path);
  }
}

async function liveThrough(deps: ReplayDeps, batch: readonly Replayed[]): Promise<readonly ReplayLine[]> {
  const files = await simulate(deps, batch);
  const trails = await deps.database.transaction((transaction) =>
    deps.trail.read(
      transaction,
      batch.map(({ key }) => key),
    ),
  );
  return batch.map(({ message, key }) =>
    replayLine(message, trails.get(key) ?? [], files.get(key)?.variables.outcome),
  );
}

/** The key contains the digest, so that the same message is the same case. */
const keyOf = (digest: string, no: string): string => `回放-${no}-${digest}`;

function unreadable(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return new Refusal('file.unreadable', `没有文件 ${path}`, { remedy: '核对路径' });
    case 'EISDIR':
      return new Refusal('file.unreadable', `${path} 是文件夹，不是文件`, {
        remedy: '给出 .jsonl 文件的路径',
      });
    case 'EACCES':
      return new Refusal('file.unreadable', `没有权限读 ${path}`, { remedy: '检查文件权限' });
    default:
      return error;
  }
}
