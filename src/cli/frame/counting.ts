/** Says how far the work is, over and over on one line of the terminal; elsewhere nothing. */
export async function counting<Done>(
  said: (count: number) => string,
  work: (onProgress: (count: number) => void) => Promise<Done>,
): Promise<Done> {
  const write = (text: string): boolean => process.stderr.isTTY && process.stderr.write(text);
  const done = await work((count) => void write(`\r${said(count)}`));
  write('\n');
  return done;
}
