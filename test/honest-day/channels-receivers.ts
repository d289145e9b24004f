/** Outside receivers: a gateway that takes messages to callers, and a mail server. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Outside {
  /** Of the gateway. */
  readonly address: string;
  /** Bodies that it took, and those that it refused. */
  readonly received: string[];
  /** With which HTTP status the gateway answers. */
  answer: number;
  /** Of the mail server. */
  readonly smtp: string;
  readonly mails: ParsedMail[];
  /** The mail server knows no recipient. */
  refuse: boolean;
  close(): Promise<void>;
}

const onThisMachine = '127.0.0.1';

export async function startOutside(): Promise<Outside> {
  const gateway = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      outside.received.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(outside.answer).end('收到');
    });
  });
  const post = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(outside.refuse ? Object.assign(new Error('没有这个人'), { responseCode: 550 }) : null),
    onData: (stream, _session, done) => {
      void simpleParser(stream).then((mail) => {
        outside.mails.push(mail);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void gateway.listen(0, onThisMachine, resolve));
  await new Promise<void>((resolve) => void post.listen(0, onThisMachine, resolve));
  const outside: Outside = {
    address: `http://${onThisMachine}:${(gateway.address() as AddressInfo).port}/hook`,
    received: [],
    answer: 200,
    smtp: `smtp://${onThisMachine}:${(post.server.address() as AddressInfo).port}`,
    mails: [],
    refuse: false,
    close: async () => {
      await new Promise((resolve) => gateway.close(resolve));
      await new Promise<void>((resolve) => post.close(resolve));
    },
  };
  return outside;
}
