import type { Fixture } from '../../fixture.js';

export const settingsFixtures: readonly Fixture[] = [
  {
    rule: 'lint-settings',
    name: 'proposes the step with the nearest name',
    change: (folder) => ({ ...folder, settings: { startAfter: '0001_order', released: '0009_x' } }),
    finds: [
      { file: 'lint.json', message: 'is it 0001_orders?' },
      { file: 'lint.json', message: '"released" names 0009_x, which is no step' },
    ],
  },
  {
    rule: 'lint-settings',
    name: 'leaves alone settings that name steps',
    change: (folder) => ({ ...folder, settings: { startAfter: '0001_orders', released: '0002_notes' } }),
    finds: [],
  },
];
