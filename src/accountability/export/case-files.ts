/** Accountability files in a bundle: their entries, and where each entry is proved. */
import { computedOf, listIn, processOf, type Entry } from '../events/index.js';
import type { EntryPlace } from '../store/evidence-store.js';

interface Proved {
  readonly seq: number;
  /** Name of the proof's file in the bundle. */
  readonly proof: string;
}

export interface CaseFiles {
  /** Entries in tree order. */
  add(entry: Entry): void;
  /** Chains with accountability proceedings. */
  streams(): readonly string[];
  /**
   * One JSON line per file.
   *
   * @param places of all entries in the bundle
   * @param heads last number of each chain, whether in the bundle or not
   */
  lines(places: readonly EntryPlace[], heads: ReadonlyMap<string, number>): string;
}

/**
 * Collects the entries of each case's accountability file: the evidence of the precondition, and
 * the steps, by `of`.
 */
export function caseFiles(): CaseFiles {
  const evidence = new Map<string, Set<number>>();
  const steps = new Map<string, number[]>();
  return {
    add: (entry) => {
      const { stream, seq } = entry;
      const noted = listIn(computedOf(entry), 'supervisionEvidence').filter((one) => typeof one === 'number');
      if (noted.length > 0) evidence.set(stream, new Set([...(evidence.get(stream) ?? []), ...noted]));
      if (processOf(entry)?.process === 'accountability')
        steps.set(stream, [...(steps.get(stream) ?? []), seq]);
    },
    streams: () => [...steps.keys()],
    lines: (places, heads) => {
      const placed = new Map([...steps.keys()].map((stream) => [stream, new Map<number, number>()]));
      for (const { stream, seq, index } of places) placed.get(stream)?.set(seq, index);
      return [...steps]
        .map(([stream, seqs]) => {
          const numbers = placed.get(stream) ?? new Map<number, number>();
          const proved = (seq: number): Proved => ({
            seq,
            proof: `proofs/${numbers.get(seq) ?? ''}.tlog-proof`,
          });
          const noted = [...(evidence.get(stream) ?? [])].sort((a, b) => a - b);
          const last = [...numbers.keys()].reduce((most, seq) => Math.max(most, seq), 0);
          const file = {
            case: stream,
            evidence: noted.filter((seq) => numbers.has(seq)).map(proved),
            steps: seqs.map(proved),
            // These entries were written after the checkpoint was signed; only the next checkpoint
            // proves them.
            pending: Math.max(0, (heads.get(stream) ?? 0) - last),
          };
          return `${JSON.stringify(file)}\n`;
        })
        .join('');
    },
  };
}
