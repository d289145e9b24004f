/** The event stream of the program: changes, time, connection state. */
import { watch } from 'vue';
import { ours } from '../base-path.js';
import { isSignedIn } from '../session/session.js';
import { after, setByProgram } from '../time/clock.js';
import { tell } from './changes.js';
import { answered, unreachable } from './connection.js';

/** Delay before reconnecting, in milliseconds. */
const patience = 3000;

let stream: EventSource | undefined;

function connect(): void {
  stream?.close();
  if (!isSignedIn.value) return;
  stream = new EventSource(ours('/api/events'));
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

/** Runs as long as somebody is logged in. */
export function runEventStream(): void {
  watch(isSignedIn, connect, { immediate: true });
  addEventListener('offline', unreachable);
  addEventListener('online', connect);
}
