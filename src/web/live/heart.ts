/** The one stream of news from the program: what has changed, what time it is, and whether it can be reached. */
import { after, setByProgram } from '../time/clock.js';
import { tell } from './changes.js';
import { answered, unreachable } from './connection.js';

/** How long to wait before a broken stream is opened again, in milliseconds. */
const patience = 3000;

let stream: EventSource | undefined;

export function connect(): void {
  stream?.close();
  stream = new EventSource('/api/events');
  stream.addEventListener('open', answered);
  stream.addEventListener('clock', ({ data }: MessageEvent<string>) =>
    setByProgram(JSON.parse(data) as string),
  );
  stream.addEventListener('changed', ({ data }: MessageEvent<string>) => {
    tell((JSON.parse(data) as string[] | null) ?? undefined);
  });
  stream.addEventListener('error', () => {
    unreachable();
    stream?.close();
    after(patience, connect);
  });
}

addEventListener('offline', unreachable);
addEventListener('online', connect);
