/** Every rule has its place in one of the four. */
import { ofData } from './data.js';
import { ofDuties } from './duties.js';
import { ofPeople } from './people.js';
import { ofRunning } from './running.js';
import type { Expected } from './wanted.js';

export const expected: Required<Expected> = { ...ofDuties, ...ofPeople, ...ofRunning, ...ofData };
