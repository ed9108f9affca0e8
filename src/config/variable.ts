export interface VariableOptions {
  default?: string | number | boolean;
  /** What the number counts, in words. */
  unit?: string;
  /** Why an operator would set it: one sentence, shown in docs/configuration.md and `.env.example`. */
  why: string;
  /** The value may hold a password. */
  secret?: boolean;
  /** What `.env.example` shows where there is no default. */
  example?: string;
}

/** What is known about one environment variable; the single source of defaults and of the reference. */
export interface VariableDescription extends VariableOptions {
  name: string;
  secret: boolean;
}

const descriptions = new WeakMap<object, VariableDescription[]>();

/** Declares a property of the environment class as an environment variable of the same name. */
export function Variable(options: VariableOptions): PropertyDecorator {
  return (prototype, name) => {
    const declared = descriptions.get(prototype) ?? [];
    declared.push({ secret: false, ...options, name: String(name) });
    descriptions.set(prototype, declared);
  };
}

/** The variables of an environment class in the order of their declaration, those of the classes it extends last. */
export function variablesOf(environment: { prototype: object }): readonly VariableDescription[] {
  const variables: VariableDescription[] = [];
  for (let at: object | null = environment.prototype; at; at = Object.getPrototypeOf(at) as object | null)
    variables.push(...(descriptions.get(at) ?? []));
  return variables;
}
