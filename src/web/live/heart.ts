/** The one stream of news from the program: what has changed, what time it is, and whether it can be reached. */
import { watch } from 'vue';
import { isSignedIn } from '../session/session.js';
import { after, setByProgram } from '../time/clock.js';
import { tell } from './changes.js';
import { answered, unreachable } from './connection.js';

/** How long to wait before a broken stream is opened again, in milliseconds. */
const patience = 3000;

let stream: EventSource | undefined;

function connect(): void {
  stream?.close();
  // News are for whoever is logged in.
  if (!isSignedIn.value) return;
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

/** From now on, as long as somebody is logged in. */
export function beat(): void {
  watch(isSignedIn, connect, { immediate: true });
  addEventListener('offline', unreachable);
  addEventListener('online', connect);
}
