/** State of a publication's version, from its acts. Pure. */
import type { PublicationContent, TypicalCase } from '../model/index.js';

export interface PublicationAct {
  readonly act: 'cases' | 'approve' | 'return' | 'publish';
  readonly actor: string;
  readonly at: Date;
  readonly reason: string | null;
  /** With `cases`. */
  readonly cases: readonly TypicalCase[] | null;
  /** With `publish`: the published content, word for word. */
  readonly content: PublicationContent | null;
}

export interface PublicationStatus {
  readonly state: 'draft' | 'approved' | 'published';
  readonly cases: readonly TypicalCase[];
  /** Authors of the cases, who may not approve. */
  readonly writers: readonly string[];
  readonly approvedBy: string | null;
  readonly published: (PublicationAct & { readonly content: PublicationContent }) | null;
}

/** @param acts in order */
export function publicationStatus(acts: readonly PublicationAct[]): PublicationStatus {
  const last = acts.findLast(({ act }) => act !== 'publish');
  const approvedBy = last?.act === 'approve' ? last.actor : null;
  const publishing = acts.find(({ act }) => act === 'publish');
  return {
    state: publishing ? 'published' : approvedBy === null ? 'draft' : 'approved',
    cases: acts.findLast(({ act }) => act === 'cases')?.cases ?? [],
    writers: [...new Set(acts.filter(({ act }) => act === 'cases').map(({ actor }) => actor))],
    approvedBy,
    published: publishing?.content ? { ...publishing, content: publishing.content } : null,
  };
}
