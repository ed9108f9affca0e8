/** One way in which a database is not what was expected. */
export interface Difference {
  change: 'missing' | 'unexpected' | 'changed';
  kind: string;
  name: string;
  /** `table notes: column title` */
  object: string;
  /** With `changed`: what about it. */
  fact?: string;
  expected?: string;
  actual?: string;
  /** Told, but no drift: the order of columns, a comment, the version of an extension. */
  isInformation: boolean;
  /** A sentence without a full stop: `table notes: column title: type is varchar(20), expected text`. */
  text: string;
}
