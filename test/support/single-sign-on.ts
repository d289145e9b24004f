/** A program with log-in at a real OpenID provider, and a browser's cookies handled by the test. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { after, before, beforeEach } from 'mocha';
import { createApp, listen, type Listening } from '../../src/http/index.js';
import { createIdentity, createVault, newKeyRing, type Identity } from '../../src/identity/index.js';
import { clientId, clientSecret, startProvider, type IdentityProvider } from './identity-provider.js';
import { systemClock } from '../../src/kernel/index.js';
import type { TestSystem } from './system.js';

/** What a browser keeps, for one host each. */
export class CookieBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  async visit(address: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(address);
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(cookie === '' ? {} : { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (value.join('=') === '') jar.delete(name);
      else jar.set(name, value.join('='));
    }
    return response;
  }

  /** Follows until the address matches. */
  async follow(address: string, until: RegExp): Promise<string> {
    let at = address;
    for (let step = 0; step < 10; step++) {
      if (until.test(at)) return at;
      const response = await this.visit(at);
      const location = response.headers.get('location');
      if (location === null) expect.fail(`${at} answered ${response.status}: ${await response.text()}`);
      at = new URL(location, at).href;
    }
    return expect.fail(`never came to ${String(until)}`);
  }

  cookie(address: string): string {
    return this.jars.get(new URL(address).host)?.get('__Host-hotline') ?? '';
  }
}

interface Served {
  readonly made: Identity;
  readonly at: Listening;
}

export interface SingleSignOnServed {
  readonly provider: IdentityProvider;
  readonly identity: Identity;
  readonly system: TestSystem;
  readonly url: string;
  /** Another program on the same database. */
  serve(settings?: { readonly issuer?: string; readonly acr?: readonly string[] }): Promise<Served>;
  /** Up to the provider's answer, which the browser has not delivered yet. */
  prove(browser: CookieBrowser, login: string, query?: string, at?: string): Promise<string>;
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** For the tests of one `describe`: `jia` and `ting` have an account, and are `sub-jia` and `sub-ting` there. */
export function useSingleSignOn(system: () => TestSystem): () => SingleSignOnServed {
  let served: SingleSignOnServed | undefined;
  const close: (() => Promise<void>)[] = [];
  before(async () => {
    const provider = await startProvider();
    close.push(() => provider.close());
    const serve: SingleSignOnServed['serve'] = async (settings) => {
      const port = await freePort();
      const publicUrl = `http://127.0.0.1:${port}`;
      const { clock, database, laws, trail: journal } = system();
      const oidc = { issuer: provider.issuer, clientId, clientSecret, acr: [], ...settings, publicUrl };
      const made = createIdentity({ clock, database, laws, journal, vault: createVault(newKeyRing()), oidc });
      provider.admit(publicUrl);
      const at = await listen(createApp({ ...system(), identity: made }), { host: '127.0.0.1', port });
      return { made, at };
    };
    const { made: identity, at } = await serve();
    close.push(() => at.close());
    const unit = '市热线工作机构';
    await identity.people.addUnit({ name: unit, kind: 'hotline' }, '测试');
    for (const login of ['jia', 'ting']) {
      const oidcSubject = `${provider.issuer} sub-${login}`;
      await identity.people.add({ login, name: login, unit, roles: ['intake'], oidcSubject }, '测试');
    }
    const prove: SingleSignOnServed['prove'] = async (browser, login, query = '', from = at.url) => {
      const place = await browser.follow(`${from}/api/session/oidc${query}`, /\/interaction\//);
      const sent = await browser.visit(place, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `login=${login}`,
      });
      const back = new URL(sent.headers.get('location') ?? '', place).href;
      return browser.follow(back, /\/api\/session\/oidc\/callback\?/);
    };
    served = { provider, identity, system: system(), url: at.url, serve, prove };
  });
  // The provider uses the machine's clock and tolerates thirty seconds of difference, so each test
  // sets ours.
  beforeEach(() => system().clock.moveTo(systemClock.now()));
  after(async () => {
    for (const one of close.reverse()) await one();
  });
  return () => {
    if (!served) throw new Error('single sign-on is there only while the tests of this describe run');
    return served;
  };
}
