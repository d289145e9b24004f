/**
 * The shipped diagrams and decision tables. They take effect automatically until an administrator
 * exists or somebody has approved a version; afterwards a changed one is filed as a draft.
 */
import { deployShipped, shippedFiles, shippedFrom } from '../../cases/index.js';
import { deploy, isDecisionXml, lockDeployments } from '../../engine/index.js';
import type { Identity } from '../../identity/index.js';
import { createDraftIn, type GovernanceDeps } from './drafts.js';
import { sha256Of } from './source.js';
import { readDraft } from './store/draft-store.js';
import { isGoverned, isKnown, newestVersion } from './store/version-store.js';
import { system } from './submit-shipped.js';
import { orderTrialIn } from './order-trial.js';

export interface Installed {
  /** Number of versions put in force now. */
  readonly deployed: number;
  /** Drafts filed now; each is submitted after its trial. */
  readonly filed: number;
}

export async function installShipped(
  deps: GovernanceDeps & { readonly identity: Pick<Identity, 'setup'> },
): Promise<Installed> {
  const governed = await deps.database.transaction(isGoverned);
  if (!governed && (await deps.identity.setup.stage()) !== 'real') {
    const deployments = await deployShipped(deps);
    return { deployed: deployments.filter(({ changed }) => changed).length, filed: 0 };
  }
  let [deployed, filed] = [0, 0];
  const changed: Changed[] = [];
  for (const { root, day, from } of shippedFrom(deps.clock.now()))
    for (const { key, source } of shippedFiles(root)) {
      const standing = await deps.database.transaction((transaction) => newestVersion(transaction, key));
      if (!standing) {
        const said = { actor: system.actor, ...(from ? { from } : {}) };
        await deploy({ ...deps, journal: deps.trail }, source, said);
        deployed += 1;
      } else changed.push({ key, source, day });
    }
  // Drafts are filed only after all processes are deployed, because the checks look at all of them.
  for (const one of changed) if (await file(deps, one)) filed += 1;
  return { deployed, filed };
}

interface Changed {
  readonly key: string;
  readonly source: string;
  /** First day of the law that it belongs to, if that is to come. */
  readonly day: string | undefined;
}

/** @returns false if these bytes were already a version or a draft */
async function file(deps: GovernanceDeps, { key, source, day }: Changed): Promise<boolean> {
  const { digest } = await deps.ground(day);
  const at = deps.clock.now();
  return deps.database.transaction(async (transaction) => {
    await lockDeployments(transaction);
    if (await isKnown(transaction, key, sha256Of(source))) return false;
    const request = {
      key,
      title: titleOf(source, day),
      reason: day === undefined ? '程序更新' : `条例自 ${day} 起由新的一部替代，从那天零点起生效`,
      source,
      origin: 'shipped',
    } as const;
    const id = await createDraftIn(deps, transaction, request, system);
    await orderTrialIn(transaction, await readDraft(transaction, id, at), digest, at);
    return true;
  });
}

function titleOf(source: string, day: string | undefined): string {
  const what = isDecisionXml(source) ? '决策表' : '流程图';
  return day === undefined ? `随程序附带的${what}有改动` : `自 ${day} 起施行的条例的${what}`;
}
