/** Instants for people, in China's time. */
import { civilDateOfDay, dayOfLimit, toShanghaiIso } from '../../../kernel/civil-date.js';

/** `2026-03-02 10:00:00`. */
export const instantInWords = (at: Date): string => toShanghaiIso(at).slice(0, 19).replace('T', ' ');

/** The end of a day is 24:00, as on the screens. */
export const limitInWords = (due: Date): string =>
  toShanghaiIso(due).includes('T00:00:00')
    ? `${civilDateOfDay(dayOfLimit(due))} 24:00`
    : instantInWords(due).slice(0, 16);
