import { SchematicsException } from '@angular-devkit/schematics';

/** What was asked for cannot be written; nothing is. The runner shows the message alone. */
export const refusal = (message: string): Error => new SchematicsException(message);
