import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';

/** What is known about a database that a command would damage. */
export interface Target {
  database: string;
  host: string;
  isProduction: boolean;
  /** Of `npm start`, in the project's own folder. */
  isEmbedded: boolean;
  /** `--name`, or what was typed in a terminal. */
  typedName: string | undefined;
}

const NAMED_FOR_IT = /(?:^|[_-])(?:dev|development|test)$/;

/**
 * Pure. Whether `verb` (`empties`, `seeds`) may be done to it: never in production; elsewhere where it is the embedded one, is
 * named for development or test, or its name was typed.
 * @returns why not, as the error to throw.
 */
export function refusalOf(target: Target, verb: string): MigrationError | undefined {
  const { database, host, isProduction, isEmbedded, typedName } = target;
  if (isProduction)
    return new MigrationError(
      ExitCode.USAGE,
      `NODE_ENV is production: this command never ${verb} a database there`,
      {
        detail: `Nothing was changed in ${database} on ${host}.`,
        remedy: 'there is no way around it; a database that is meant for it is used with another NODE_ENV',
      },
    );
  if (isEmbedded || NAMED_FOR_IT.test(database) || typedName === database) return undefined;
  const wrong = typedName === undefined ? '' : ` ("${typedName}" is not its name)`;
  return new MigrationError(
    ExitCode.CONFIRMATION_NEEDED,
    `${database} on ${host} is not named for development or test (…_dev, …_development, …_test)${wrong}`,
    {
      detail: `Nothing was changed. This command ${verb} the database.`,
      remedy: `where that is meant, add --name ${database}`,
    },
  );
}
