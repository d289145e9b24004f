/** The city's gateway in front of the program with single sign-on, and the provider with the day's clock. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { clientId, clientSecret } from '../support/identity-provider.js';
import { withSettings } from './accounts-asking.js';
import type { Told } from './accounts-provider.js';
import type { Day } from './day.js';

export interface Gateway {
  /** Of the gateway server. */
  readonly url: string;
  readonly issuer: string;
  /** Sets the provider's clock to the day's. */
  readonly keepTime: () => Promise<void>;
}

const noticePath = '/api/session/oidc/logout-notice';

/** Only the second program has single sign-on, and calls alternate: makes the next call go there. */
export async function toSecond(day: Day): Promise<void> {
  while (((await day.call('readSession')) as { singleSignOn: boolean }).singleSignOn);
}

/** @throws the failure of a notice from the provider */
export async function withGateway(day: Day, then: (gateway: Gateway) => Promise<void>): Promise<void> {
  const child = fork(fileURLToPath(new URL('accounts-provider.ts', import.meta.url)));
  const answer = async (): Promise<{ issuer?: string }> => {
    const [message] = (await once(child, 'message')) as [{ issuer?: string }];
    return message;
  };
  const tell = async (told: Told): Promise<void> => {
    const heard = answer();
    child.send(told);
    await heard;
  };
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const given = Object.entries(headers).filter(([name]) =>
      /^(cookie|x-csrf-token|content-type)$/.test(name),
    );
    void (async () => {
      const body = await text(request);
      await toSecond(day);
      const sent = { headers: Object.fromEntries(given) as { [name: string]: string }, body };
      if (url === noticePath) {
        await day.call('noticeLogout', sent);
        response.end('');
        return;
      }
      const reply = await day.sendTo(url, { ...sent, method, as: 'nobody' });
      for (const name of ['content-type', 'location', 'set-cookie']) {
        const value = reply.headers[name];
        if (value !== undefined) response.setHeader(name, value);
      }
      response.writeHead(reply.status).end(reply.text);
    })().catch((error: unknown) => {
      failures.push(error);
      response.writeHead(502).end();
    });
  });
  try {
    const { issuer = '' } = await answer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await tell({ admit: url });
    const settings = {
      HOTLINE_OIDC_ISSUER: issuer,
      HOTLINE_OIDC_CLIENT_ID: clientId,
      HOTLINE_OIDC_CLIENT_SECRET: clientSecret,
      HOTLINE_PUBLIC_URL: url,
    };
    const keepTime = (): Promise<void> => tell({ now: day.served.system.clock.now().getTime() });
    await withSettings(day, settings, () => then({ url, issuer, keepTime }));
  } finally {
    child.disconnect();
    server.closeAllConnections();
    server.close();
  }
  if (failures.length > 0) throw failures[0];
}
