/** The tables that the lock facts speak of: a child with rows, columns for each case, and the parent it refers to. */
export const lockScene = `
  CREATE DOMAIN plain AS int;
  CREATE DOMAIN defaulted AS int DEFAULT 7;
  CREATE DOMAIN rolled AS double precision DEFAULT random();
  CREATE DOMAIN constrained AS int CHECK (VALUE > 0);
  CREATE TABLE parent (id int PRIMARY KEY);
  CREATE TABLE child (
    key int NOT NULL, loose int, parent_id int, amount int, note text,
    twice int GENERATED ALWAYS AS (amount * 2) STORED,
    proven int CONSTRAINT child_proven CHECK (proven IS NOT NULL)
  );
  INSERT INTO parent SELECT n FROM generate_series(1, 100) n;
  INSERT INTO child (key, loose, parent_id, amount, note, proven) SELECT n, n, n, n, 'note ' || n, n FROM generate_series(1, 100) n;
  CREATE INDEX child_note ON child (note);
  CREATE UNIQUE INDEX child_key ON child (key);
  CREATE UNIQUE INDEX child_loose ON child (loose);
  ALTER TABLE child ADD CONSTRAINT child_unproven_check CHECK (amount > 0) NOT VALID;
  ALTER TABLE child ADD CONSTRAINT child_unproven_fkey FOREIGN KEY (parent_id) REFERENCES parent NOT VALID;
`;
