/** The bundles of the vectors, valid and broken, with a verifier's report on each. */
import { publicKey } from '../../../src/accountability/log/vkey.js';
import { attacksIn } from '../tamper.js';
import { brokenBundles } from './broken.js';
import { signers } from './log.js';
import type { Story } from './story.js';

export interface Verdict {
  readonly bundle: string;
  /** The verifier's own keys; without it those in the bundle. */
  readonly policy?: string;
  readonly state: 'genuine' | 'not-genuine' | 'damaged';
  /** Sorted; none if everything holds. */
  readonly findings: readonly string[];
}

export const bundlesOf = (story: Story): ReadonlyMap<string, Buffer> =>
  new Map([['holds', story.holds], ['with-sm', story.withSm], ...brokenBundles(story)]);

const log = (...signed: readonly { readonly vkey: string }[]): string =>
  signed.map(({ vkey }) => `log ${vkey}\n`).join('');
const witness = publicKey('witness.example/v', 'cosignature', Buffer.alloc(32, 3)).vkey;

/** An auditor's own keys, by name. */
export const policies = (): ReadonlyMap<string, string> =>
  new Map([
    ['both-keys', `# before and after the rotation\n${log(signers.first, signers.next)}quorum none\n`],
    ['old-key', `${log(signers.first)}quorum none\n`],
    ['new-key', `${log(signers.next)}quorum none\n`],
    ['another-key', `${log(signers.thief)}quorum none\n`],
    [
      'another-witness',
      `${log(signers.first)}witness v ${witness}\ngroup all-of-them all v\nquorum all-of-them\n`,
    ],
    ['with-sm', `${log(signers.first, signers.sm)}quorum none\n`],
    ['without-quorum', log(signers.first)],
  ]);

/** As docs/trail-format.md has it. */
const stateOf = (findings: readonly string[]): Verdict['state'] =>
  findings.length === 0 ? 'genuine' : findings.every((one) => one === 'damaged') ? 'damaged' : 'not-genuine';

/** Every bundle with its own keys; some with an auditor's. */
export function verdicts(bundles: ReadonlyMap<string, Buffer>): readonly Verdict[] {
  const own = policies();
  const some = [
    ...[...own.keys()].map((policy) => ['holds', policy] as const),
    ['with-sm', 'with-sm'],
    ['with-sm', 'both-keys'],
    ['inserted', 'both-keys'],
    ['rotation-without-the-old-signature', 'old-key'],
  ] as const;
  const of = (name: string, policy?: string): Verdict => {
    const findings = attacksIn(bundles.get(name) ?? Buffer.alloc(0), policy && own.get(policy)).sort();
    return {
      bundle: `bundles/${name}.zip`,
      ...(policy === undefined ? {} : { policy: `policies/${policy}` }),
      state: stateOf(findings),
      findings,
    };
  };
  return [...[...bundles.keys()].map((name) => of(name)), ...some.map(([name, policy]) => of(name, policy))];
}
