import { FOLDING, FORBIDDEN_WORDS, PROTOTYPE } from './forbidden-words.js';
import { MAX_METADATA_BYTES, MAX_METADATA_DEPTH } from './inspect-metadata.js';

/** Every character beyond ASCII by its number: the text must survive any editor. */
const quoted = (text: string) =>
  `E'${Array.from(text, (character) => (/[a-zA-Z0-9_-]/.test(character) ? character : escaped(character))).join('')}'`;
const escaped = (character: string) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;

/**
 * The body of `metadata_is_clean(jsonb)`, which the CHECK of every metadata column calls. A test compares it with the
 * function in the database: whoever changes a word here adds a step with `createMetadataGuard`.
 */
export const metadataGuardBody = `
DECLARE
  words CONSTANT text[] := '{${FORBIDDEN_WORDS.join(',')}}';
BEGIN
  -- The size comes first: it bounds what the rest has to walk.
  IF jsonb_typeof(metadata) <> 'object' OR octet_length(metadata::text) > ${MAX_METADATA_BYTES} THEN
    RETURN false;
  END IF;
  IF jsonb_path_exists(metadata, 'strict $.**{${MAX_METADATA_DEPTH}} ? (@.type() == "object" || @.type() == "array")') THEN
    RETURN false;
  END IF;
  RETURN NOT EXISTS (
    SELECT FROM jsonb_path_query(metadata, 'strict $.** ? (@.type() == "object")') AS object, jsonb_object_keys(object) AS key
    WHERE key = '${PROTOTYPE}' OR translate(key, ${quoted(FOLDING.from)}, '${FOLDING.to}') = ANY (words)
  );
END
`;

/** What a migration step does to create or renew the function. A CHECK runs with the privileges of whoever writes. */
export const createMetadataGuard = [
  `CREATE OR REPLACE FUNCTION metadata_is_clean(metadata jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$${metadataGuardBody}$$`,
  'REVOKE EXECUTE ON FUNCTION metadata_is_clean(jsonb) FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION metadata_is_clean(jsonb) TO rowhouse_app, rowhouse_control',
];
