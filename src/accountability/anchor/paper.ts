/**
 * A root on paper. Somebody without access to the database prints it, keeps it in a drawer and
 * types it in later. The program then compares it with today's log and records the comparison as an
 * entry. It refuses a mistyped root before comparing anything.
 */
import { createHash } from 'node:crypto';
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { continuedFrom, type Continued } from '../log/continued.js';
import { rootIn } from '../log/checkpoint.js';
import { latestCheckpoint } from '../store/checkpoint-store.js';
import { latestEntry, type Trail } from '../store/trail-store.js';
import { originOf } from './anchor.js';

export interface PaperRoot {
  /** Day in Beijing, `YYYY-MM-DD`. */
  readonly day: string;
  readonly size: number;
  /** The tree's root, hexadecimal. */
  readonly root: string;
}

/** The printed root, with the log's name, the check code and the signed note. */
export interface PrintedRoot extends PaperRoot {
  readonly origin: string;
  readonly code: string;
  readonly signedAt: Date;
  readonly note: string;
}

/**
 * Check code of six hexadecimal digits over everything that is typed in, so that a typing error is
 * not taken for a forgery.
 */
export const paperCode = ({ day, size, root }: PaperRoot): string =>
  createHash('sha256').update(`${day}\n${size}\n${root}\n`).digest('hex').slice(0, 6);

/** @throws {Refusal} `trail.behind` before the first checkpoint */
export async function rootToPrint(transaction: Transaction): Promise<PrintedRoot> {
  const latest = await latestCheckpoint(transaction);
  if (!latest) throw new Refusal('trail.behind', '轨迹还没有签过名', { remedy: '稍后再试' });
  const { size, note, signedAt } = latest;
  const paper = { day: beijingDay(signedAt), size, root: rootIn(note).toString('hex') };
  return { ...paper, origin: originOf(note), code: paperCode(paper), signedAt, note };
}

export interface ComparedRoot extends Pick<Continued, 'now'> {
  readonly outcome: 'contained' | 'rolled-back' | 'rewritten';
}

const stream = 'anchors';

/** @throws {Refusal} `input.invalid` if the check code does not match what was typed */
export async function compareRoot(
  { clock, database, trail }: { readonly clock: Clock; readonly database: Database; readonly trail: Trail },
  { code, ...paper }: PaperRoot & { readonly code: string },
  actor: string,
): Promise<ComparedRoot> {
  if (paperCode(paper) !== code)
    throw new Refusal('input.invalid', '校验码与所填的日子、条数、根不合：有一处抄错了', {
      remedy: '对着纸逐字再看一遍；没有核对，也没有记入轨迹',
    });
  return database.transaction(async (transaction) => {
    const root = Buffer.from(paper.root, 'hex');
    const { now, contradiction } = await continuedFrom(transaction, { size: paper.size, root });
    const outcome = contradiction ?? 'contained';
    const body = { actor, ...paper, outcome, now: now.size };
    await trail.append(transaction, [{ stream, type: 'root.compared', at: clock.now(), body }]);
    return { outcome, now };
  });
}

/** The last root on paper that was compared with the log. */
export const lastPaper = (transaction: Transaction) => latestEntry(transaction, stream, 'root.compared');

/**
 * The last comparison as a sentence for the verdict; undefined if there was none. The paper is the
 * proof, not the entry.
 */
export async function paperSaid(transaction: Transaction): Promise<string | undefined> {
  const held = await lastPaper(transaction);
  if (!held) return undefined;
  const { actor, day, size } = held.body;
  return `纸：${actor} 于 ${beijingDay(held.at)} 核对过 ${day} 印的根，第 ${size} 条；要它作证，请出示那张纸再核对一次`;
}

const beijingDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
