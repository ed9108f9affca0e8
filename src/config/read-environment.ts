import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Environment } from './environment.js';
import { variablesOf } from './variable.js';

/** The declared variables with their defaults, and everything wrong with each of them alone. */
export function readEnvironment(env: NodeJS.ProcessEnv): { environment: Environment; problems: string[] } {
  const variables = variablesOf(Environment);
  const isEmpty = ({ name }: { name: string }) => env[name] === '';
  const values = variables.map((variable) => [variable.name, env[variable.name] || variable.default]);
  const environment = plainToInstance(Environment, Object.fromEntries(values) as object);
  return {
    environment,
    problems: [
      ...variables.filter(isEmpty).map(({ name }) => `${name} is empty: give it a value or remove it`),
      ...validateSync(environment, { validationError: { target: false, value: false } }).map(inWords),
    ],
  };
}

// The constraints of one variable share one sentence, so the first says it all.
function inWords({ property, constraints = {} }: ValidationError): string {
  return `${property} ${Object.values(constraints)[0] ?? 'is invalid'}`;
}
