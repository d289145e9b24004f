/** A real SMTP server for the test: stores mails, and refuses on request. */
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { after, before } from 'mocha';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  readonly url: string;
  readonly received: { readonly to: readonly string[]; readonly mail: ParsedMail }[];
  refuse: boolean;
  /** What it then answers, behind 550. */
  answer: string;
}

export function useMailServer(): () => MailServer {
  let kept: MailServer | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(kept?.refuse ? Object.assign(new Error(kept.answer), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      void simpleParser(stream).then((mail) => {
        kept?.received.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail });
        done();
      });
    },
  });
  before(async () => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    kept = { url: `smtp://127.0.0.1:${port}`, received: [], refuse: false, answer: '5.1.1 User unknown' };
  });
  after(() => new Promise<void>((resolve) => server.close(resolve)));
  return () => {
    if (!kept) throw new Error('the server is there only while the tests of this describe run');
    return kept;
  };
}
