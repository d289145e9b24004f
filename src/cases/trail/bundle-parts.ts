/** Divides chains into bundles: each chain stays whole, and each file gets as many as fit. */
import type { LogSigner } from '../../accountability/index.js';
import { Refusal } from '../../kernel/index.js';

const entriesOfPart = 20_000;
/** Entries per bundle: a ZIP file holds 65,535 files, with one proof per entry, or two with a second tree. */
export const longestChain = (signer: LogSigner): number => (signer.second ? 30_000 : 60_000);

interface Chain {
  readonly stream: string;
  readonly length: number;
}

/** @param longest most entries of one chain @throws {Refusal} `export.too-large` */
export function partsOf(chains: readonly Chain[], longest: number): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const { stream, length } of chains) {
    if (length > longest)
      throw new Refusal('export.too-large', `链 ${stream} 有 ${length} 条，一个审计包至多 ${longest} 条`, {
        where: stream,
        remedy: '改用 csv、xlsx、xes、ocel；整本轨迹用核验程序的 log 方式核验',
      });
    if (parts.length === 0 || length > room) {
      parts.push([]);
      room = entriesOfPart;
    }
    parts.at(-1)?.push(stream);
    room -= length;
  }
  return parts;
}
