import { SingleBar } from 'cli-progress';

export interface Progress {
  update(done: number): void;
  /** Prints a line above the bar. */
  interrupt(text: string): void;
  stop(): void;
}

/** A progress bar on standard error; prints only lines if there is no terminal. */
export function progressBar(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total === 0) {
    return { update: () => undefined, interrupt: (text) => console.error(text), stop: () => undefined };
  }
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}% 已用 {duration_formatted} 剩余 {eta_formatted}`,
    stream: process.stderr,
    hideCursor: true,
  });
  bar.start(total, 0);
  return {
    update: (done) => bar.update(done),
    interrupt: (text) => {
      process.stderr.write(`\r\u001b[K${text}\n`);
      bar.render();
    },
    stop: () => bar.stop(),
  };
}
