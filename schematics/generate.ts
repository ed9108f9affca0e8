// npm run generate -- tenant-resource invoices --fields "title:text! amount:money": the runner of schematics that Nest's CLI
// starts, with all of its options, and with an exit code that says whether it worked.
import { main } from '@angular-devkit/schematics-cli/bin/schematics.js';
import collection from './collection.json' with { type: 'json' };

const [schematic = '', name = '', ...options] = process.argv.slice(2);
const known = Object.entries(collection.schematics).flatMap(([each, { aliases }]) => [each, ...aliases]);
if (known.includes(schematic) && /^\w/.test(name)) {
  const args = ['--no-debug', `./schematics:${schematic}`, `--name=${name}`, ...options];
  process.exitCode = await main({ args });
} else {
  process.stderr.write(
    'npm run generate -- tenant-resource <plural> --fields "title:text! amount:money": see docs/add-a-resource.md\n',
  );
  process.exitCode = 2;
}
