/**
 * The part of an IMAP4rev1 server (RFC 3501) that the program's client needs: a scripted stand-in
 * on a real socket, because the registry has no maintained IMAP server. Literals, flags, UIDs and
 * UIDVALIDITY are real.
 */
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

interface StoredMail {
  readonly uid: number;
  readonly source: Buffer;
  readonly flags: Set<string>;
}

export interface ImapServer {
  readonly port: number;
  readonly mails: StoredMail[];
  readonly moved: { readonly folder: string; readonly uid: number }[];
  uidValidity: number;
  /** Breaks the connection when this command comes, once. */
  breakAt: string | undefined;
  password: string;
  add(source: string | Buffer): number;
  close(): Promise<void>;
}

export async function startImapServer(): Promise<ImapServer> {
  let next = 1;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write('* OK IMAP4rev1 test\r\n');
    let buffer = '';
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        answer(socket, line);
      }
    });
  });
  const state: ImapServer = {
    port: 0,
    mails: [],
    moved: [],
    uidValidity: 1000,
    breakAt: undefined,
    password: 'geheim',
    add: (source) => {
      state.mails.push({ uid: next, source: Buffer.from(source), flags: new Set() });
      return next++;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function answer(socket: Socket, line: string): void {
    const [tag = '*', ...words] = line.split(' ');
    const uid = words[0]?.toUpperCase() === 'UID';
    const command = (uid ? words[1] : words[0])?.toUpperCase() ?? '';
    const rest = words.slice(uid ? 2 : 1).join(' ');
    const done = (text = `${command} completed`): void => void socket.write(`${tag} OK ${text}\r\n`);
    const say = (text: string): void => void socket.write(`* ${text}\r\n`);
    if (state.breakAt === command) {
      state.breakAt = undefined;
      socket.destroy();
      return;
    }
    switch (command) {
      case 'CAPABILITY':
        say('CAPABILITY IMAP4rev1 MOVE UIDPLUS');
        return done();
      case 'LOGIN':
        if (!rest.includes(state.password)) {
          socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`);
          return;
        }
        return done('[CAPABILITY IMAP4rev1 MOVE UIDPLUS] in');
      case 'LIST':
      case 'LSUB':
        say(rest === '"" ""' ? 'LIST (\\Noselect) "/" ""' : 'LIST (\\HasNoChildren) "/" "INBOX"');
        return done();
      case 'SELECT':
      case 'EXAMINE':
        say('FLAGS (\\Seen \\Deleted)');
        say(`${state.mails.length} EXISTS`);
        say('OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] yes');
        say(`OK [UIDVALIDITY ${state.uidValidity}] yes`);
        say(`OK [UIDNEXT ${next}] yes`);
        return done('[READ-WRITE] open');
      case 'SEARCH': {
        const from = /UID (\d+):\*/.exec(rest)?.[1];
        const found = state.mails.filter((mail) =>
          from === undefined ? !mail.flags.has('\\Seen') : mail.uid >= Number(from),
        );
        say(`SEARCH ${found.map((mail) => mail.uid).join(' ')}`);
        return done();
      }
      case 'FETCH': {
        const wanted = Number(/^(\d+)/.exec(rest)?.[1]);
        state.mails.forEach((mail, index) => {
          if (mail.uid !== wanted) return;
          const size = `UID ${mail.uid} RFC822.SIZE ${mail.source.length}`;
          if (!/BODY/i.test(rest)) return say(`${index + 1} FETCH (${size})`);
          socket.write(`* ${index + 1} FETCH (${size} BODY[] {${mail.source.length}}\r\n`);
          socket.write(mail.source);
          socket.write(')\r\n');
        });
        return done();
      }
      case 'STORE': {
        const [range = '', , flags = ''] = rest.split(' ');
        const mail = state.mails.find((one) => one.uid === Number(range));
        for (const flag of flags.replaceAll(/[()]/g, '').split(' ')) mail?.flags.add(flag);
        return done();
      }
      case 'MOVE': {
        const [range = '', folder = ''] = rest.split(' ');
        state.moved.push({ folder: folder.replaceAll('"', ''), uid: Number(range) });
        return done();
      }
      case 'LOGOUT':
        say('BYE');
        done();
        socket.end();
        return;
      default:
        return done();
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, { port: (server.address() as AddressInfo).port });
}
