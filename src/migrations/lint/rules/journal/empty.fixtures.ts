import type { Fixture } from '../../fixture.js';
import { withFile } from './change-folder.js';

export const emptyFixtures: readonly Fixture[] = [
  {
    rule: 'empty-step',
    name: 'is found where a step only says what it should do',
    change: (folder) => withFile(folder, '0002_notes.sql', '-- Fill the new column.\n'),
    finds: [{ file: '0002_notes.sql', message: '0002_notes.sql holds no statement' }],
  },
  {
    rule: 'empty-step',
    name: 'leaves alone what does something',
    change: (folder) => withFile(folder, '0002_notes.sql', '-- Ask.\nSELECT 1;'),
    finds: [],
  },
];
