import { z } from 'zod';

/** Why a file cannot be read, in Chinese if zod is configured so. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof z.ZodError)
    return cause.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.')} ${message}`)
      .join(';');
  if (cause instanceof SyntaxError) return `不是合格的 JSON(${cause.message})`;
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return '没有这个文件';
  return cause instanceof Error ? cause.message : String(cause);
}
