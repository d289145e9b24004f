/** Shows the progress of the work on one line of the terminal, which it rewrites; elsewhere it prints nothing. */
export async function counting<Done>(
  said: (count: number) => string,
  work: (onProgress: (count: number) => void) => Promise<Done>,
): Promise<Done> {
  const write = (text: string): boolean => process.stderr.isTTY && process.stderr.write(text);
  const done = await work((count) => void write(`\r${said(count)}`));
  write('\n');
  return done;
}
