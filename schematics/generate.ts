// npm run generate -- tenant-resource invoices --fields "title:text! amount:money": the runner of schematics that Nest's CLI
// starts, with all of its options, and with an exit code that says whether it worked.
import { main } from '@angular-devkit/schematics-cli/bin/schematics.js';

const [schematic = '', name = '', ...options] = process.argv.slice(2);
process.exitCode = await main({
  args: ['--no-debug', `./schematics:${schematic}`, `--name=${name}`, ...options],
});
