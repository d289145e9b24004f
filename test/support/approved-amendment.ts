/** An editor submits an amendment, and two others approve it. */
import { answered, post } from '../http/serving.js';
import type { SignedIn } from './people.js';

interface Officers {
  readonly editor: SignedIn | undefined;
  readonly approvers: readonly [SignedIn | undefined, SignedIn | undefined];
}

export async function approvedAmendment(
  url: string,
  { id, sha256 }: { readonly id: number; readonly sha256: string },
  { editor, approvers }: Officers,
): Promise<void> {
  const acts = [['submit', editor] as const, ...approvers.map((one) => ['approve', one] as const)];
  for (const [act, by] of acts) {
    const body = { act, sha256, reason: '同意' };
    answered('ruleAmendment', await post(url, `/api/amendments/${id}/acts`, body, {}, by));
  }
}
