/** Description of an export for the cover of each format. */
import type { Writable } from 'node:stream';
import type { Row } from './row.js';

export interface About {
  /** Describes the selection in words. */
  readonly title: string;
  readonly requester: string;
  /** Names who made the export, in words. */
  readonly exporter: string;
  readonly purpose: string;
  /** ISO 8601 with +08:00. */
  readonly at: string;
  readonly entries: number;
  /** The checkpoint that covers all entries of the export. */
  readonly checkpoint: { readonly size: number; readonly signedAt: string; readonly vkey: string };
}

export type WriteRows = (rows: AsyncIterable<Row>, about: About, out: Writable) => Promise<void>;

/** The returned writer waits if the file is slower than the source. @throws the stream's error */
export function writerTo(out: Writable): (text: string | Uint8Array) => Promise<void> {
  let failed: Error | undefined;
  out.on('error', (error) => (failed = error));
  return async (text) => {
    if (failed) throw failed;
    if (out.write(text)) return;
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error): void => {
        out.off('drain', done);
        out.off('error', done);
        if (error) reject(error);
        else resolve();
      };
      out.once('drain', done);
      out.once('error', done);
    });
  };
}

/** Ends the stream and waits until everything is written. */
export const finished = (out: Writable): Promise<void> =>
  new Promise((resolve, reject) => {
    out.once('error', reject);
    out.end(() => resolve());
  });

const inWords = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')}（北京时间）`;

export const aboutLines = (about: About): readonly (readonly [string, string])[] => [
  ['内容', about.title],
  ['条目', `${about.entries} 条`],
  ['导出时刻', inWords(about.at)],
  ['要求导出的人', about.requester],
  ['由谁导出', about.exporter],
  ['用途', about.purpose],
  ['检查点', `全库 ${about.checkpoint.size} 条，${inWords(about.checkpoint.signedAt)}签名`],
  ['签名公钥', about.checkpoint.vkey],
  ['核验', '本表便于阅读；证明在审计包（bundle）里，以核验程序核对'],
];
