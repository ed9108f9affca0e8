/** For an administrator: gives the database a function that fails as two transactions fail that got in each other's way. */
export const CREATE_CONFLICT = `CREATE FUNCTION conflict() RETURNS void LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'serialization_failure'; END $$`;
