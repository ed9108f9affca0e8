import type { FolderContent } from '../../../folder/folder-content.js';
import type { Fixture } from '../../fixture.js';
import { withJournal } from './change-folder.js';

const sound = (folder: FolderContent) => folder;
const hourMs = 3_600_000;

export const orderFixtures: readonly Fixture[] = [
  {
    rule: 'duplicate-tag',
    name: 'names both entries',
    change: (folder) =>
      withJournal(folder, (entry, index) =>
        index === 2 ? [entry, { ...entry, idx: 3, when: entry.when + 1 }] : [entry],
      ),
    finds: [{ object: '0002_notes', message: 'entry 2 and entry 3' }],
  },
  { rule: 'duplicate-tag', name: 'leaves alone a sound journal', change: sound, finds: [] },
  {
    rule: 'duplicate-prefix',
    name: 'names both steps',
    change: (folder) =>
      withJournal(folder, (entry, index) => (index === 2 ? [{ ...entry, tag: '0001_notes' }] : [entry])),
    finds: [{ object: '0001_notes', message: '0001_orders and 0001_notes both begin with 0001' }],
  },
  {
    rule: 'duplicate-prefix',
    name: 'leaves alone names without numbers',
    change: (folder) => withJournal(folder, (entry) => [{ ...entry, tag: `shop_${entry.tag}` }]),
    finds: [],
  },
  {
    rule: 'duplicate-idx',
    name: 'names both steps',
    change: (folder) => withJournal(folder, (entry, index) => [{ ...entry, idx: Math.min(index, 1) }]),
    finds: [{ object: '0002_notes', message: '0001_orders and 0002_notes both have idx 1' }],
  },
  { rule: 'duplicate-idx', name: 'leaves alone a sound journal', change: sound, finds: [] },
  {
    rule: 'idx-gap',
    name: 'names the step after the gap',
    change: (folder) => withJournal(folder, (entry, index) => (index === 1 ? [] : [entry])),
    finds: [{ object: '0002_notes', message: 'has idx 2 where 1 comes next' }],
  },
  { rule: 'idx-gap', name: 'leaves alone a sound journal', change: sound, finds: [] },
  {
    rule: 'prefix-differs',
    name: 'compares number and idx',
    change: (folder) => withJournal(folder, (entry, index) => [{ ...entry, idx: index === 2 ? 3 : index }]),
    finds: [{ object: '0002_notes', message: 'has idx 3' }],
  },
  {
    rule: 'prefix-differs',
    name: 'leaves alone a folder named by time stamps',
    change: (folder) =>
      withJournal(folder, (entry, index) => [{ ...entry, tag: `2026112109000${index}_step` }]),
    finds: [],
  },
  {
    rule: 'when-order',
    name: 'finds the step that was merged late',
    change: (folder) =>
      withJournal(folder, (entry, index) => [
        { ...entry, when: index === 2 ? entry.when - 90 * hourMs : entry.when },
      ]),
    finds: [{ object: '0002_notes', message: 'is not newer than 0001_orders' }],
  },
  {
    rule: 'when-order',
    name: 'finds two of the same moment',
    change: (folder) => withJournal(folder, (entry) => [{ ...entry, when: 1_790_000_000_000 }]),
    finds: [{ object: '0001_orders' }, { object: '0002_notes' }],
  },
  { rule: 'when-order', name: 'leaves alone a sound journal', change: sound, finds: [] },
  {
    rule: 'when-future',
    name: 'finds a step of next week',
    change: (folder) =>
      withJournal(folder, (entry, index) => [
        { ...entry, when: index === 2 ? Date.parse('2026-11-28T12:00:00Z') : entry.when },
      ]),
    finds: [{ object: '0002_notes', message: '2026-11-28T12:00:00.000Z' }],
  },
  {
    rule: 'when-future',
    name: 'forgives a clock that is some hours ahead',
    change: (folder) =>
      withJournal(folder, (entry, index) => [
        { ...entry, when: index === 2 ? Date.parse('2026-11-22T06:00:00Z') : entry.when },
      ]),
    finds: [],
  },
];
