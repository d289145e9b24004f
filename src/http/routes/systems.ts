import { scopeTitles, type ApiToken, type ClientSystem } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import { hasPart } from '../../kernel/law.js';
import { offeredScopes } from '../contract/offered-scopes.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function systemHandlers({
  clock,
  identity: { rules, systems, tokens },
  laws,
}: Pick<HttpDeps, 'clock' | 'identity' | 'laws'>): Pick<
  Handlers,
  'listSystems' | 'addSystem' | 'closeSystem' | 'issueToken' | 'rotateToken' | 'revokeToken'
> {
  const tokenView = ({ expiresAt, revokedAt, replacedBy, system: _system, ...rest }: ApiToken) => ({
    ...rest,
    scopes: rest.scopes,
    state:
      revokedAt !== null
        ? ('revoked' as const)
        : expiresAt <= clock.now()
          ? ('expired' as const)
          : replacedBy !== null
            ? ('replaced' as const)
            : ('good' as const),
    expiresAt,
    revokedAt,
  });

  const systemView = ({
    tokens: held,
    ...rest
  }: ClientSystem & { readonly tokens: readonly ApiToken[] }) => ({ ...rest, tokens: held.map(tokenView) });

  const one = async (id: number) => {
    const found = (await systems.list()).find((system) => system.id === id);
    if (!found)
      throw new Refusal('system.not-found', `没有编号为 ${id} 的系统`, { remedy: '从系统的清单里选' });
    return systemView(found);
  };

  return {
    listSystems: async () => ({
      items: (await systems.list()).map(systemView),
      scopes: offeredScopes((part) => hasPart(part, laws.today())).map((id) => ({
        id,
        title: scopeTitles[id],
      })),
      longestDays: rules.limits.tokens.longestDays,
      longestOverlapHours: rules.limits.tokens.longestOverlapHours,
    }),
    addSystem: async ({ viewer, body }) => await one(await systems.add(body, viewer.actor)),
    closeSystem: async ({ viewer, params: { id } }) => {
      await systems.close(id, viewer.actor);
      return one(id);
    },
    issueToken: async ({ viewer, params: { id }, body }) => {
      const { token, secret } = await tokens.issue(id, body, viewer.actor);
      return { ...tokenView(token), secret };
    },
    rotateToken: async ({ viewer, params: { id }, body }) => {
      const { token, secret } = await tokens.rotate(id, body, viewer.actor);
      return { ...tokenView(token), secret };
    },
    revokeToken: async ({ viewer, params: { id } }) => tokenView(await tokens.revoke(id, viewer.actor)),
  };
}
