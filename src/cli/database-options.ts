import { join } from 'node:path';

/** `DATABASE_URL` names a PostgreSQL of the operator's; else the embedded one, under `HOTLINE_DATA` or `.data`. */
export function databaseOptions(): { readonly databaseUrl: string } | { readonly directory: string } {
  const url = process.env.DATABASE_URL;
  if (url) return { databaseUrl: url };
  return { directory: process.env.HOTLINE_DATA ?? join(process.cwd(), '.data') };
}
