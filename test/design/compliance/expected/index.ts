/** Every rule belongs to one of the four files. */
import { ofData } from './data.js';
import { ofDuties } from './duties.js';
import { ofPeople } from './people.js';
import { ofRunning } from './running.js';
import type { Expected } from './wanted.js';

export const expected: Required<Expected> = { ...ofDuties, ...ofPeople, ...ofRunning, ...ofData };
