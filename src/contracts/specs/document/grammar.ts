/**
 * Where OpenAPI objects stand in one another, as far as references can be among them. What is not named here (examples,
 * defaults, enums, extensions) is data: a `$ref` in it is a word like any other.
 */
export const GRAMMAR: Record<Kind, Record<string, Place>> = {
  document: { paths: ['pathItem', 'map'], webhooks: ['pathItem', 'map'], components: ['components'] },
  components: {
    schemas: ['schema', 'map'],
    responses: ['response', 'map'],
    parameters: ['parameter', 'map'],
    examples: ['leaf', 'map'],
    requestBodies: ['body', 'map'],
    headers: ['parameter', 'map'],
    securitySchemes: ['leaf', 'map'],
    links: ['leaf', 'map'],
    callbacks: ['callback', 'map'],
    pathItems: ['pathItem', 'map'],
  },
  pathItem: {
    parameters: ['parameter', 'list'],
    get: ['operation'],
    put: ['operation'],
    post: ['operation'],
    delete: ['operation'],
    options: ['operation'],
    head: ['operation'],
    patch: ['operation'],
    trace: ['operation'],
  },
  operation: {
    parameters: ['parameter', 'list'],
    requestBody: ['body'],
    responses: ['response', 'map'],
    callbacks: ['callback', 'map'],
  },
  callback: { '*': ['pathItem'] },
  parameter: { schema: ['schema'], content: ['mediaType', 'map'], examples: ['leaf', 'map'] },
  body: { content: ['mediaType', 'map'] },
  response: { headers: ['parameter', 'map'], content: ['mediaType', 'map'], links: ['leaf', 'map'] },
  mediaType: { schema: ['schema'], examples: ['leaf', 'map'], encoding: ['encoding', 'map'] },
  encoding: { headers: ['parameter', 'map'] },
  schema: {
    properties: ['schema', 'map'],
    patternProperties: ['schema', 'map'],
    dependentSchemas: ['schema', 'map'],
    $defs: ['schema', 'map'],
    definitions: ['schema', 'map'],
    allOf: ['schema', 'list'],
    anyOf: ['schema', 'list'],
    oneOf: ['schema', 'list'],
    prefixItems: ['schema', 'list'],
    items: ['schema'],
    additionalProperties: ['schema'],
    unevaluatedProperties: ['schema'],
    unevaluatedItems: ['schema'],
    propertyNames: ['schema'],
    contains: ['schema'],
    not: ['schema'],
    if: ['schema'],
    // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema; nobody awaits this
    then: ['schema'],
    else: ['schema'],
  },
  leaf: {},
};

export type Kind =
  | 'document'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'callback'
  | 'parameter'
  | 'body'
  | 'response'
  | 'mediaType'
  | 'encoding'
  | 'schema'
  | 'leaf';

/** An object of that kind, or several by name or in a row. */
type Place = [kind: Kind, many?: 'map' | 'list'];
