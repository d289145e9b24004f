/** Sends files one after the other, each with its progress or its refusal; a failed file can be sent again. */
import { reactive } from 'vue';

export interface Sending {
  readonly file: File;
  /** From 0 to 1. */
  share: number;
  error: Error | undefined;
}

export interface Uploads {
  /** Files that are waiting, being sent, or refused; arrived files are removed. */
  readonly list: readonly Sending[];
  add(files: readonly File[]): void;
  again(one: Sending): void;
  drop(one: Sending): void;
}

export function useUploads(
  send: (file: File, sent: (share: number) => void) => Promise<void>,
  largest: () => number | undefined,
): Uploads {
  const list = reactive<Sending[]>([]);
  let busy = false;

  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (let next; (next = list.find(({ error }) => !error));) {
      const one = next;
      try {
        await send(one.file, (share) => (one.share = share));
        list.splice(list.indexOf(one), 1);
      } catch (thrown) {
        one.error = thrown as Error;
      }
    }
    busy = false;
  };

  return {
    list,
    add: (files) => {
      for (const file of files) {
        const most = largest();
        const error =
          most !== undefined && file.size > most
            ? new Error(`超过 ${Math.floor(most / 1024 / 1024)} MiB，没有传`)
            : undefined;
        list.push({ file, share: 0, error });
      }
      void work();
    },
    again: (one) => {
      one.error = undefined;
      one.share = 0;
      void work();
    },
    drop: (one) => void list.splice(list.indexOf(one), 1),
  };
}

/**
 * Types that the file dialog offers; the program decides by content. Telephones convert HEIC to
 * JPEG if the list does not contain HEIC.
 */
export const offeredFiles =
  'image/jpeg,image/png,image/webp,image/gif,application/pdf,.docx,.xlsx,text/plain,audio/*,video/mp4,video/quicktime';

export const sizeInWords = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
