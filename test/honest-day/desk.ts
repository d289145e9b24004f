/** Work of people at the hotline and in the units, from the call to the end of a case. */
import type { Day } from './day.js';
import { deskAccusations } from './desk-accusations.js';
import { deskDates } from './desk-dates.js';
import { deskIntake } from './desk-intake.js';
import { deskKnowledge } from './desk-knowledge.js';
import { deskLate } from './desk-late.js';
import { deskLives } from './desk-lives.js';
import { deskOwnProcess } from './desk-own-process.js';
import { deskSheet } from './desk-sheet.js';
import { deskOf } from './desk-steps.js';
import { deskTogether } from './desk-together.js';
import { deskUnit } from './desk-unit.js';

export async function desk(day: Day): Promise<void> {
  const parts = [deskIntake, deskSheet, deskUnit, deskTogether, deskLives, deskDates, deskAccusations];
  await deskOf(day).everybody();
  for (const part of [...parts, deskKnowledge, deskLate, deskOwnProcess]) {
    await part(day);
    await day.work();
    await day.restart();
  }
}
