/** Everything sent out goes through the outbox: no other code delivers, retries, or counts attempts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');
const schema = join(source, 'platform', 'database', 'schema');

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.startsWith('web/'))
  .map((path) => ({ path, text: readFileSync(join(source, path), 'utf8') }));

const placesOf = (used: RegExp): readonly string[] =>
  files
    .filter(({ text }) => used.test(text))
    .map(({ path }) => path)
    .sort();

describe('发往外面的只有一处', () => {
  it('连到外面的程序：载体在 channel/outbox/，别的只是去问、去取、去存', () => {
    expect(placesOf(/nodemailer|\brequest as http|\bfetch\(|new AwsClient/)).to.deep.equal([
      // Stores a checkpoint for the outbox, and reads the newest one.
      'accountability/anchor/object-store.ts',
      // Asks a witness for its last checkpoint, and for its signature.
      'accountability/anchor/witness.ts',
      'accountability/witness/ask.ts',
      'channel/outbox/mail.ts',
      'channel/outbox/webhook.ts',
      // Lives cases through the program's own interface.
      'cli/package/live-person.ts',
      // Asks the cities for their figures, for the province.
      'http/gateway/province.ts',
      // Checks whether its own program is alive.
      'platform/cities/city-program.ts',
      // Stores the files of sheets.
      'sheet/attachment/s3-files.ts',
    ]);
  });

  it('用载体的只有发件箱的一种；试发只发一次', () => {
    const carrying = files
      .filter(({ path }) => !path.startsWith('channel/outbox/'))
      .filter(({ text }) => /\bcarry\(/.test(text.replaceAll(/carry: \(signal\) =>\s*carry\(/g, '')));
    expect(carrying.map(({ path }) => path)).to.deep.equal([]);
    expect(
      placesOf(/\b(?:sendEmail|postWebhook)\(/).filter((path) => !path.startsWith('channel/outbox/')),
    ).to.deep.equal([]);
    expect(placesOf(/\.keep\(\{ size/)).to.deep.equal(['channel/outbox/checkpoint.ts']);
    expect(placesOf(/\bletterSender\(/)).to.deep.equal(['main.ts']);
    expect(placesOf(/\btryOnce\(/)).to.deep.equal([
      'channel/notification/channels.ts',
      'channel/notification/subscriptions.ts',
      'channel/outgoing.ts',
    ]);
  });

  it('记着试过几次、发到没有的表，只有 outbox', () => {
    const tables = readdirSync(schema)
      .filter((name) => name.endsWith('.sql'))
      .flatMap((name) => [
        ...readFileSync(join(schema, name), 'utf8').matchAll(/^CREATE TABLE (\w+) \((.*?)^\)/gms),
      ])
      .filter(([, , columns = '']) =>
        /^ {2}(attempts?|tries|tried_at|next_try|retr\w+|sent_at|bounced\w*|receipt)\b/m.test(columns),
      )
      .map(([, name]) => name);
    // An incident counts retries of a timer, which sends nothing out.
    expect(tables).to.deep.equal(['incident', 'outbox']);
  });
});
