/** The groups into which a worklist is divided by its light. */
export type LevelChoice = 'all' | 'red' | 'yellow' | 'normal';

/** Red stands for red and all that follows from it. */
export function isAt(level: string | null, choice: LevelChoice): boolean {
  switch (choice) {
    case 'all':
      return true;
    case 'normal':
      return level === null || level === 'reminder';
    case 'yellow':
      return level === 'yellow';
    case 'red':
      return level !== null && level !== 'reminder' && level !== 'yellow';
  }
}
